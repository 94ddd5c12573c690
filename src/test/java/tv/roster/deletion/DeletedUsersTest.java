package tv.roster.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.events.feed.FeedReader;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

/// Deleted users can be listed, and restored for as long as their tenant wants.
class DeletedUsersTest {
    private static final int ROWS = 1000;

    private static FixedClock clock;
    private static TestServer server;
    private static EventLoops loops;
    private static Database database;

    private final UUID tenant = server.addTenant("VIP");
    private final ApiClient api =
            server.newKey(tenant, "users:read", "users:write", "events:read", "credentials:verify", "privacy");

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
        server = new TestServer(Map.of(), clock);
        loops = new EventLoops(1);
        database = new Database(loops, server.asApplication(), 1);
    }

    @AfterAll
    static void stop() {
        database.close();
        loops.close();
        server.close();
    }

    private static String id(Response created) {
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.id();
    }

    private String deleted(String attributes) {
        var id = id(api.createUser(attributes));
        delete(id);
        return id;
    }

    private void delete(String id) {
        assertThat(api.delete("/users/" + id).status()).isEqualTo(204);
    }

    private Response restore(String id, String... headers) {
        return api.post("/deleted_users/" + id + "/restorations", null, headers);
    }

    private void graceOf(int days) {
        var changed = new AdminClient(server.admin())
                .patchTenant(tenant.toString(), "'settings':{'deletion_grace_days':" + days + "}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    /// What the background work does.
    private static void sweep() {
        long now = clock.instant().getEpochSecond();
        DeletedUsers.purge(database, now, ROWS);
        DeletedUsers.forget(database, now, ROWS);
    }

    private String row(String id) {
        return server.value(
                "select to_jsonb(d)::text from deleted_user d where tenant_id = ? and id = ?",
                tenant,
                UUID.fromString(id));
    }

    @Test
    void aRestoredUserIsAsItWas() {
        var created = api.post("/users", """
                {'data':{'type':'User','attributes':{'name':'Anna Virtanen','external_id':'cid-1','user_flags':['VIP'],
                'contact_details':{'email':'Anna@example.org','telephone_number_E123':'+358 40 123 4567'},
                'registration_information':{'registration_state':'REGISTERED'}},
                'meta':{'security':{'user_password':'blue bird over the lake'}}}}""".replace('\'', '"'));
        var id = id(created);
        var child = id(api.post(
                "/users/" + id + "/user_profiles",
                AdminClient.document("UserProfile", "'name':'Kids','is_child_profile':true,'age_limit':7")));
        delete(id);
        assertThat(api.get("/users/" + id).status()).isEqualTo(404);
        assertThat(api.get("/user_profiles/" + child).status()).isEqualTo(404);

        var restored = restore(id);
        assertThat(restored.status()).as(restored.text()).isEqualTo(201);
        assertThat(restored.header("Location")).isEqualTo(restored.textAt("/data/links/self"));
        assertThat(restored.etag()).isEqualTo(Response.etag(2));
        assertThat(restored.at("/data/attributes")).isEqualTo(created.at("/data/attributes"));
        assertThat(restored.at("/data/relationships")).isEqualTo(created.at("/data/relationships"));
        assertThat(restored.at("/data/meta/created_time")).isEqualTo(created.at("/data/meta/created_time"));
        assertThat(restored.at("/data/meta/version").asInt()).isEqualTo(2);

        assertThat(api.get("/users/" + id).text()).isEqualTo(restored.text());
        assertThat(api.get("/users?filter%5Bname%5D=virtanen").at("/data").size())
                .isOne();
        var profile = api.get("/user_profiles/" + child);
        assertThat(profile.textAt("/data/attributes/name")).isEqualTo("Kids");
        assertThat(profile.at("/data/attributes/age_limit").asInt()).isEqualTo(7);
        var login = api.post(
                "/credential_checks",
                AdminClient.document(
                        "CredentialCheck", "'email':'anna@example.org','password':'blue bird over the lake'"));
        assertThat(login.textAt("/data/attributes/result")).as(login.text()).isEqualTo("accepted");
        assertThat(api.get("/deleted_users/" + id).status()).isEqualTo(404);
        assertThat(restore(id).status()).isEqualTo(404);
    }

    @Test
    void theFeedTellsOfEachStep() {
        var id = deleted("'name':'Anna'");
        restore(id);
        delete(id);
        var events = new FeedReader(api).rest(4);
        assertThat(events.stream()
                        .map(event -> event.at("/attributes/kind").asString())
                        .toList())
                .containsExactly("user.created", "user.deleted", "user.restored", "user.deleted");
        assertThat(events.stream()
                        .map(event -> event.at("/attributes/version").asInt())
                        .toList())
                .containsExactly(1, 1, 2, 2);
        assertThat(events.get(2).at("/attributes/changed").toString())
                .contains("\"name\"")
                .doesNotContain("external_id");
        assertThat(events.get(2).at("/attributes/user/name").asString()).isEqualTo("Anna");
        assertThat(events.get(2).at("/attributes/actor/kind").asString()).isEqualTo("KEY");
    }

    @Test
    void theListHasTheLatestFirstAndSaysUntilWhenEachCanBeRestored() {
        var first = deleted("'external_id':'a'");
        long time = clock.instant().getEpochSecond();
        clock.advance(Duration.ofMinutes(5));
        var second = deleted("'name':'Bea'");
        var list = api.get("/deleted_users?page%5Btotal%5D=true");
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        assertThat(list.at("/meta/page/total").asInt()).isEqualTo(2);
        assertThat(list.textAt("/data/0/id")).isEqualTo(second);
        assertThat(list.at("/data/0/attributes/external_id").isNull()).isTrue();
        assertThat(list.textAt("/data/1/id")).isEqualTo(first);
        assertThat(list.textAt("/data/1/type")).isEqualTo("DeletedUser");
        assertThat(list.textAt("/data/1/attributes/external_id")).isEqualTo("a");
        assertThat(list.at("/data/1/attributes/deleted_time").asLong()).isEqualTo(time);
        assertThat(list.at("/data/1/attributes/purge_time").asLong())
                .isEqualTo(time + Duration.ofDays(30).toSeconds());
        assertThat(api.get(list.textAt("/data/1/links/self")).at("/data")).isEqualTo(list.at("/data/1"));

        assertThat(api.get("/deleted_users?filter%5Bexternal_id%5D=a,b")
                        .at("/data")
                        .size())
                .isOne();
        assertThat(api.get("/deleted_users?filter%5Bdeleted_since%5D=" + (time + 1))
                        .at("/data")
                        .size())
                .isOne();
        assertThat(api.get("/deleted_users?filter%5Bdeleted_since%5D=" + time)
                        .at("/data")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void theListIsWalkedPageByPageInBothDirections() {
        var ids = new ArrayList<String>();
        for (int number = 0; number < 5; number++) {
            ids.addFirst(deleted("'external_id':'w" + number + "'"));
        }
        var found = new ArrayList<String>();
        var page = api.get("/deleted_users?page%5Bsize%5D=2");
        while (true) {
            page.at("/data").forEach(user -> found.add(user.path("id").asString()));
            if (page.at("/links/next").isNull()) {
                break;
            }
            page = api.get(page.textAt("/links/next"));
        }
        assertThat(found).isEqualTo(ids);
        var before = api.get(page.textAt("/links/prev"));
        assertThat(List.of(before.textAt("/data/0/id"), before.textAt("/data/1/id")))
                .isEqualTo(ids.subList(2, 4));
    }

    @ParameterizedTest
    @CsvSource({"filter%5Bdeleted_since%5D=now", "filter%5Bname%5D=a", "sort=name", "page%5Bafter%5D=nothing"})
    void aBadQueryOfTheListIsRejected(String query) {
        assertThat(api.get("/deleted_users?" + query).status()).isEqualTo(400);
    }

    @Test
    void anAddressThatSomebodyElseHasNowIsAConflictAndChangesNothing() {
        var id = deleted("'external_id':'x','contact_details':{'email':'anna@example.org'}");
        var other = id(api.createUser("'contact_details':{'email':'ANNA@example.org'}"));
        var third = id(api.createUser("'external_id':'x'"));
        var refused = restore(id);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.at("/errors").size()).isEqualTo(2);
        assertThat(refused.text()).contains("email_taken", "external_id_taken", other, third);
        assertThat(refused.text()).doesNotContain("\"pointer\"");
        assertThat(api.get("/deleted_users/" + id).status()).isEqualTo(200);

        delete(other);
        delete(third);
        assertThat(restore(id).status()).isEqualTo(201);
        assertThat(restore(other).code()).isEqualTo("email_taken");
    }

    @Test
    void nothingIsRestoredAfterTheGracePeriod() {
        var id = deleted("'external_id':'gone','name':'Anna'");
        clock.advance(Duration.ofDays(30));
        assertThat(restore(id).status()).isEqualTo(404);
        sweep();
        assertThat(row(id)).doesNotContain("Anna", "gone");
        var left = api.get("/deleted_users/" + id);
        assertThat(left.status()).isEqualTo(200);
        assertThat(left.at("/data/attributes/external_id").isNull()).isTrue();
        assertThat(restore(id).status()).isEqualTo(404);
        assertThat(api.get("/deleted_users?filter%5Bexternal_id%5D=gone")
                        .at("/data")
                        .size())
                .isZero();
        // Its id is kept for as long as its events.
        clock.advance(Duration.ofDays(59));
        sweep();
        assertThat(api.get("/deleted_users/" + id).status()).isEqualTo(200);
        clock.advance(Duration.ofDays(1));
        sweep();
        assertThat(api.get("/deleted_users/" + id).status()).isEqualTo(404);
    }

    @Test
    void aTenantCanHaveNoGracePeriodOrALongOne() {
        graceOf(0);
        var id = deleted("'external_id':'now','name':'Anna'");
        assertThat(row(id)).doesNotContain("Anna", "\"now\"");
        var left = api.get("/deleted_users/" + id);
        assertThat(left.at("/data/attributes/purge_time")).isEqualTo(left.at("/data/attributes/deleted_time"));
        assertThat(restore(id).status()).isEqualTo(404);

        graceOf(365);
        var late = deleted("'name':'Bea'");
        clock.advance(Duration.ofDays(364));
        sweep();
        assertThat(restore(late).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "366", "1.5", "'30'"})
    void aGracePeriodIsZeroTo365Days(String days) {
        assertThat(new AdminClient(server.admin())
                        .patchTenant(tenant.toString(), "'settings':{'deletion_grace_days':" + days + "}")
                        .status())
                .isEqualTo(422);
    }

    /// The catalogue can lose a flag that only deleted users have.
    @Test
    void aRestoredUserHasNoFlagThatTheCatalogueHasNoMore() {
        var id = deleted("'user_flags':['VIP','LOGIN_RESTRICTED']");
        assertThat(new AdminClient(server.admin())
                        .patchTenant(tenant.toString(), "'user_flags':[]")
                        .status())
                .isEqualTo(200);
        var restored = restore(id);
        assertThat(restored.at("/data/attributes/user_flags").toString()).isEqualTo("[\"LOGIN_RESTRICTED\"]");
    }

    @Test
    void aRestorationIsRepeatedWithItsKey() {
        var id = deleted("'name':'Anna'");
        var first = restore(id, "Idempotency-Key", "back-1");
        var second = restore(id, "Idempotency-Key", "back-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.text()).isEqualTo(first.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'data':{'type':'UserRestoration'}}                          | 201",
                "{'data':{'type':'User'}}                                     | 409",
                "{'data':{'type':'UserRestoration','attributes':{'name':1}}}  | 422",
                "{'data':[]}                                                  | 400",
                "{                                                            | 400"
            })
    void aBodySaysNothingAndMayBeLeftOut(String body, int status) {
        var id = deleted("'name':'Anna'");
        var response = api.post("/deleted_users/" + id + "/restorations", body.replace('\'', '"'));
        assertThat(response.status()).as(response.text()).isEqualTo(status);
    }

    @Test
    void othersSeeNothingOfIt() {
        var id = deleted("'name':'Anna','external_id':'t'");
        var other = server.newTenant();
        assertThat(other.get("/deleted_users/" + id).status()).isEqualTo(404);
        assertThat(other.get("/deleted_users").at("/data").size()).isZero();
        assertThat(other.post("/deleted_users/" + id + "/restorations", null).status())
                .isEqualTo(404);
        var reader = server.newKey(tenant, "users:read");
        assertThat(reader.post("/deleted_users/" + id + "/restorations", null).code())
                .isEqualTo("insufficient_scope");
        var writer = server.newKey(tenant, "users:write");
        assertThat(writer.get("/deleted_users").code()).isEqualTo("insufficient_scope");
        for (var unknown : List.of("nothing", UUID.randomUUID().toString())) {
            assertThat(restore(unknown).status()).isEqualTo(404);
        }
        assertThat(api.delete("/deleted_users").status()).isEqualTo(405);
    }

    @Test
    void nothingIsLeftOfTheDeletedUsersOfADeletedTenant() {
        deleted("'name':'Anna'");
        assertThat(server.admin().delete("/tenants/" + tenant).status()).isEqualTo(204);
        assertThat(server.value("select count(*) from deleted_user where tenant_id = ?", tenant))
                .isEqualTo("0");
    }
}
