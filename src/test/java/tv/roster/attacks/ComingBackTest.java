package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Together;

/// Users that are deleted and restored while others change them, or take their addresses.
class ComingBackTest {
    private static final int ROUNDS = 40;
    private static final int CLIENTS = 16;

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "users:read", "users:write");

    private int delete(String id) {
        return api.delete("/users/" + id).status();
    }

    private int restore(String id) {
        return api.post("/deleted_users/" + id + "/restorations", null).status();
    }

    private int addProfile(String id, String name) {
        return api.post("/users/" + id + "/user_profiles", AdminClient.document("UserProfile", "'name':'" + name + "'"))
                .status();
    }

    /// The deletion reads the profiles before it has the user for itself.
    @RepeatedTest(ROUNDS)
    void noProfileIsLostThatWasMadeWhileItsUserWasDeleted() {
        var id = api.createUser("'name':'Anna'").id();
        var done = Together.run(6, number -> number == 3 ? delete(id) : addProfile(id, "P" + number));
        assertThat(done.get(3)).isEqualTo(204);
        long made = done.stream().filter(status -> status == 201).count();
        assertThat(done).allMatch(status -> status == 201 || status == 204 || status == 404);
        assertThat(restore(id)).isEqualTo(201);
        assertThat(api.get("/users/" + id + "/user_profiles").at("/data").size())
                .isEqualTo(1 + (int) made);
    }

    @Test
    void oneOfManyRestorationsWinsAndNobodyElseHasTheAddress() {
        for (int round = 0; round < ROUNDS / 4; round++) {
            var email = "'contact_details':{'email':'r" + round + "@example.org'}";
            var id = api.createUser(email).id();
            delete(id);
            var done = Together.run(
                    CLIENTS,
                    number -> number % 2 == 0
                            ? restore(id)
                            : api.post("/users", ApiClient.user("{" + email + "}"))
                                    .status());
            assertThat(done.stream().filter(status -> status == 201)).hasSize(1);
            assertThat(done).allMatch(status -> status == 201 || status == 404 || status == 409);
            assertThat(api.get("/users?filter%5Bemail%5D=r" + round + "@example.org")
                            .at("/data")
                            .size())
                    .isOne();
        }
    }

    @Test
    void sixteenClientsThatDoEverythingAtOnceLeaveOneUserOrOneDeletedUser() {
        var id = api.createUser("'name':'Anna','external_id':'all'").id();
        var statuses = Together.run(CLIENTS, number -> {
            var random = new Random(number);
            return IntStream.range(0, ROUNDS)
                    .map(step -> switch (random.nextInt(5)) {
                        case 0 -> delete(id);
                        case 1, 2 -> restore(id);
                        case 3 -> addProfile(id, "P" + random.nextInt(8));
                        default -> api.patchUser(id, "'name':'N" + step + "'").status();
                    })
                    .boxed()
                    .toList();
        });
        assertThat(statuses.stream().flatMap(List::stream))
                .allMatch(status -> status < 300 || status == 404 || status == 409);
        boolean lives = api.get("/users/" + id).status() == 200;
        assertThat(api.get("/deleted_users/" + id).status()).isEqualTo(lives ? 404 : 200);
        assertThat(restore(id)).isEqualTo(lives ? 404 : 201);
        var versions = server.value("""
                select string_agg(e.version::text, ','
                           order by e.feed_order, e.version, e.id)
                       filter (where e.kind in ('user.created', 'user.updated', 'user.restored'))
                  from user_event e where e.tenant_id = ? and e.user_id = ?""", tenant, UUID.fromString(id));
        int last = api.get("/users/" + id).at("/data/meta/version").asInt();
        assertThat(versions)
                .isEqualTo(IntStream.rangeClosed(1, last)
                        .mapToObj(Integer::toString)
                        .reduce((all, next) -> all + "," + next)
                        .orElseThrow());
    }
}
