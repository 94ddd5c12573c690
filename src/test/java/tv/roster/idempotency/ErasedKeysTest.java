package tv.roster.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person;
import tv.roster.values.people.Person.Values;

/// Of a person who is erased, no stored response is left, and no key that may contain the person's name.
class ErasedKeysTest {
    private static final String KEY = "Idempotency-Key";

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.asApplication(), 1);

    @AfterEach
    void close() {
        database.close();
        loops.close();
    }

    private static Response done(Response response) {
        assertThat(response.status()).as(response.text()).isLessThan(300);
        return response;
    }

    private Response create(String key, String attributes) {
        return done(bss.post("/users", ApiClient.user("{" + attributes + "}"), KEY, key));
    }

    private Person person(Response user, Values... values) {
        return Person.of(new TenantId(tenant), new UserId(UUID.fromString(user.id())), List.of(values));
    }

    private static Values email(String email) {
        return new Values(null, email, null, null);
    }

    private int erase(Person person) {
        return database.inTransaction(transaction -> IdempotencyTable.erase(transaction, person));
    }

    private String keys() {
        return server.value(
                "select coalesce(string_agg(key, ' ' order by key), '') from idempotency_key where tenant_id = ?",
                tenant);
    }

    @Test
    void theResponsesOfAllCallsAboutAUserGoAndThoseAboutOthersStay() {
        var anna = create("anna-1", "'name':'Anna'");
        create("bea-1", "'name':'Bea'");
        var path = "/users/" + anna.id();
        done(bss.patch(
                path, "{'data':{'type':'User','id':'" + anna.id() + "','attributes':{'name':'A'}}}", KEY, "anna-2"));
        done(bss.post(
                path + "/user_profiles",
                "{'data':{'type':'UserProfile','attributes':{'name':'Kids'}}}",
                KEY,
                "anna-3"));
        var profile = anna.textAt("/data/relationships/default_user_profile/data/id");
        done(bss.patch(
                "/user_profiles/" + profile,
                "{'data':{'type':'UserProfile','id':'" + profile + "','attributes':{'name':'Annas'}}}",
                KEY,
                "anna-4"));
        done(bss.delete(path, KEY, "anna-5"));

        assertThat(erase(person(anna))).isEqualTo(5);
        assertThat(keys()).isEqualTo("bea-1");
        assertThat(erase(person(anna))).isZero();
    }

    @Test
    void aResponseAboutSeveralUsersGoesWithEachOfThem() {
        var both = done(bss.post(
                "/operations",
                "{'atomic:operations':[{'op':'add','data':{'type':'User','attributes':{'name':'Anna'}}},"
                        + "{'op':'add','data':{'type':'User','attributes':{'name':'Bea'}}}]}",
                "Content-Type",
                "application/vnd.api+json;ext=\"https://jsonapi.org/ext/atomic\"",
                "Accept",
                "application/vnd.api+json;ext=\"https://jsonapi.org/ext/atomic\"",
                KEY,
                "both"));
        var bea = UUID.fromString(both.textAt("/atomic:results/1/data/id"));
        assertThat(erase(Person.of(new TenantId(tenant), new UserId(bea), List.of())))
                .isEqualTo(1);
        assertThat(keys()).isEmpty();
    }

    @Test
    void refusalsThatQuoteAValueGoAndOtherRefusalsStay() {
        var anna = create("made", "'contact_details':{'email':'Anna.Virtanen@example.org'}");
        bss.post("/users", ApiClient.user("{'contact_details':{'telephone_number_E123':'1'}}"), KEY, "wrong");
        bss.post("/users", ApiClient.user("{'anna.virtanen@EXAMPLE.org':'1'}"), KEY, "quotes");
        bss.post("/users", ApiClient.user("{'contact_details':{'email':'anna.virtanen@example.org'}}"), KEY, "taken");
        assertThat(keys()).isEqualTo("made quotes taken wrong");

        assertThat(erase(person(anna, email("Anna.Virtanen@example.org")))).isEqualTo(3);
        assertThat(keys()).isEqualTo("wrong");
    }

    /// The response has neither a body nor an id, but the BSS has put the address into the key.
    @Test
    void keysThatContainAValueGoIfTheResponseNamesNobody() {
        var anna = create("made", "'external_id':'crm-1'");
        done(bss.delete("/users/by_external_id/crm-1", KEY, "delete-Anna@example.org"));
        assertThat(erase(person(anna, email("anna@example.org")))).isEqualTo(2);
        assertThat(keys()).isEmpty();
    }

    @Test
    void responsesFromBeforeTheyHadIdsAreSearchedByTheirText() {
        var anna = create("anna", "'name':'Anna'");
        create("bea", "'name':'Bea'");
        server.execute("update idempotency_key set about = null where tenant_id = ?", tenant);
        assertThat(erase(person(anna))).isEqualTo(1);
        assertThat(keys()).isEqualTo("bea");
    }

    @Test
    void manyRefusalsAreLookedAtInParts() {
        var anna = create("made", "'external_id':'crm-1'");
        server.execute("""
                insert into idempotency_key (tenant_id, key, request_digest, created_time, status, headers, body, about)
                select ?, 'refused-' || lpad(n::text, 6, '0'), '', extract(epoch from now())::bigint, 422, '{}',
                       convert_to(case when n % 1000 = 0 then '{"detail":"Anna@Example.org"}' else '{}' end, 'UTF8'), '{}'
                  from generate_series(1, 12000) n""", tenant);
        assertThat(erase(person(anna, email("anna@example.org")))).isEqualTo(13);
        assertThat(server.value("select count(*) from idempotency_key where tenant_id = ?", tenant))
                .isEqualTo("11988");
    }

    @Test
    void theSameRequestIsCarriedOutAnewAfterwards() {
        var anna = create("anna", "'external_id':'crm-1'");
        done(bss.delete("/users/" + anna.id()));
        erase(person(anna));
        var again = create("anna", "'external_id':'crm-1'");
        assertThat(again.header("Idempotency-Replayed")).isNull();
        assertThat(again.id()).isNotEqualTo(anna.id());
    }

    @Test
    void othersWithPatternsInTheirValuesStay() {
        var anna = create("anna", "'name':'Anna'");
        bss.post("/users", ApiClient.user("{'telephone_number_E123':'1'}"), KEY, "wrong");
        assertThat(erase(person(anna, new Values("%", "_@_", null, "\\")))).isEqualTo(1);
        assertThat(keys()).isEqualTo("wrong");
    }

    /// What every refusal contains is no value of anybody.
    @Test
    void othersStayIfTheValuesAreShortOrCommon() {
        var anna = create("anna", "'name':'Anna'");
        var bea = create("bea", "'name':'Bea','external_id':'10'");
        done(bss.delete("/users/" + bea.id(), KEY, "delete-10"));
        bss.post("/users", ApiClient.user("{'telephone_number_E123':'1'}"), KEY, "wrong");
        bss.delete("/users/by_external_id/1", KEY, "delete-1");
        for (var externalId : List.of("1", "422", "127")) {
            assertThat(erase(person(anna, new Values(externalId, "a@example.org", null, "A"))))
                    .isEqualTo(externalId.equals("1") ? 2 : 0);
        }
        assertThat(keys()).isEqualTo("bea delete-10 wrong");
    }

    @Test
    void theReceiptOfAnErasureStays() {
        var privacy = server.newKey(tenant, "users:write", "privacy");
        var id = bss.createUser("'external_id':'again'").id();
        var body = AdminClient.document("Erasure", "'user_id':'" + id + "'");
        var first = privacy.post("/erasures", body, KEY, "erase-1");
        var second = privacy.post("/erasures", body, KEY, "erase-2");
        assertThat(second.at("/data/attributes/removed"))
                .allSatisfy(place -> assertThat(place.path("count").asInt()).isZero());
        assertThat(privacy.post("/erasures", body, KEY, "erase-1").text()).isEqualTo(first.text());
    }
}
