package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.document;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Together;

/// A user is erased while sixteen clients change, delete, restore and export it.
class ErasedMeanwhileTest {
    private static final int CLIENTS = 16;
    private static final int STEPS = 20;
    private static final int ERASES_AT = 7;

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "users:read", "users:write", "credentials:verify", "privacy");

    private int step(String id, Random random, int number) {
        return switch (random.nextInt(8)) {
            case 0 -> api.delete("/users/" + id).status();
            case 1 -> api.post("/deleted_users/" + id + "/restorations", null).status();
            case 2 -> api.post("/users/" + id + "/personal_data_exports", null).status();
            case 3 ->
                api.post("/users/" + id + "/user_profiles", document("UserProfile", "'name':'Zaphod" + number + "'"))
                        .status();
            case 4 ->
                api.post(
                                "/credential_checks",
                                document("CredentialCheck", "'external_id':'zaphod','password':'wrong password'"))
                        .status();
            case 5 ->
                api.post("/users/" + id + "/activation_links", document("ActivationLink", "'delivery':'email'"))
                        .status();
            default ->
                api.patchUser(
                                id,
                                "'name':'Zaphod " + number + "','contact_details':{'email':'zaphod" + number
                                        + "@example.org'}",
                                "Idempotency-Key",
                                UUID.randomUUID().toString())
                        .status();
        };
    }

    @RepeatedTest(3)
    void nothingIsLeftAndNothingFails() {
        var id = api.createUser("'name':'Zaphod','external_id':'zaphod'").id();
        var statuses = Together.run(CLIENTS, number -> {
            var random = new Random(number);
            return IntStream.range(0, STEPS)
                    .map(step -> number == 0 && step == ERASES_AT
                            ? api.post("/erasures", document("Erasure", "'user_id':'" + id + "'"))
                                    .status()
                            : step(id, random, number * STEPS + step))
                    .boxed()
                    .toList();
        });
        assertThat(statuses.getFirst().get(ERASES_AT)).isEqualTo(201);
        assertThat(statuses.stream().flatMap(List::stream))
                .allMatch(status -> status < 300 || status == 404 || status == 409 || status == 422 || status == 429);
        assertThat(api.get("/users/" + id).status()).isEqualTo(404);
        for (var table : List.of(
                "roster_user",
                "user_profile",
                "user_event",
                "deleted_user",
                "mail",
                "account_link",
                "idempotency_key")) {
            assertThat(server.value(
                            "select count(*) from " + table + " t where t.tenant_id = ? and"
                                    + (table.equals("idempotency_key")
                                            ? " convert_from(t.body, 'UTF8') ~* 'zaphod'"
                                            : " t::text ~* 'zaphod'"),
                            tenant))
                    .as(table)
                    .isEqualTo("0");
        }
        assertThat(server.value(
                        "select count(*) from user_event where tenant_id = ? and user_id = ? and kind = 'user.erased'",
                        tenant,
                        UUID.fromString(id)))
                .isEqualTo("1");
    }
}
