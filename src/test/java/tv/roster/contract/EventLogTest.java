package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Together;

/// Every change has its line in the event log.
class EventLogTest {
    private final TestServer server = TestServer.shared();
    private final java.util.UUID tenant = server.addTenant("GOLD");
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");

    private String log(String columns) {
        return server.value(
                "select string_agg(concat_ws(' '," + columns
                        + "), '|' order by id) from user_event where tenant_id = ?",
                tenant);
    }

    private JsonNode last(String column) {
        var json = server.value(
                "select " + column + " from user_event where tenant_id = ? order by id desc limit 1", tenant);
        return new JsonMapper().readTree(json == null ? "null" : json);
    }

    @Test
    void createUpdateAndDeleteWriteOneLineEach() {
        var id = bss.post("/users", ApiClient.user("{'name':'Anna'}"), "X-Request-Id", "r1")
                .id();
        assertThat(last("before").isNull()).isTrue();
        assertThat(last("after").at("/name").asString()).isEqualTo("Anna");
        assertThat(last("after").at("/version").asInt()).isEqualTo(1);
        bss.patchUser(id, "'name':'Bea','user_flags':['GOLD']", "X-Request-Id", "r2");
        assertThat(last("before").at("/name").asString()).isEqualTo("Anna");
        assertThat(last("after").at("/name").asString()).isEqualTo("Bea");
        assertThat(last("after").at("/user_flags").toString()).isEqualTo(json("['GOLD']"));
        answered(bss.delete("/users/" + id, "X-Request-Id", "r3"), 204);
        assertThat(last("before").at("/version").asInt()).isEqualTo(2);
        assertThat(last("after").isNull()).isTrue();
        assertThat(log("kind, request_id, address"))
                .isEqualTo("user.created r1 127.0.0.1|user.updated r2 127.0.0.1|user.deleted r3 127.0.0.1");
        assertThat(log("user_id")).isEqualTo(id + "|" + id + "|" + id);
        var key = server.value("select id from api_key where tenant_id = ?", tenant);
        assertThat(log("api_key_id")).isEqualTo(key + "|" + key + "|" + key);
        assertThat(server.value(
                        "select count(*) from user_event where tenant_id = ? and abs(extract(epoch from now() - time)) < 60",
                        tenant))
                .isEqualTo("3");
    }

    @Test
    void noLineTellsAPasswordOrItsHash() {
        var id = bss.createUser("").id();
        var set = "'meta':{'security':{'user_password':'corn-salad-77'}}";
        answered(bss.patch("/users/" + id, Expect.user(id, set)), 200);
        assertThat(last("before").at("/password_set").asBoolean()).isFalse();
        assertThat(last("after").at("/password_set").asBoolean()).isTrue();
        bss.delete("/users/" + id);
        assertThat(server.value("select string_agg(e::text, ' ') from user_event e where tenant_id = ?", tenant))
                .doesNotContainIgnoringCase("corn-salad")
                .doesNotContainIgnoringCase("argon2");
    }

    @Test
    void whatChangesNothingOrIsRefusedWritesNoLine() {
        var id = bss.createUser("'name':'Anna','external_id':'c1'").id();
        var other = bss.createUser("'external_id':'c2'").id();
        bss.patchUser(id, "'name':'Anna'");
        bss.put("/users/by_external_id/c1", ApiClient.user("{'name':'Anna'}"));
        bss.patch("/users/" + id, bss.get("/users/" + id).text());
        bss.patchUser(id, "'name':'B'", "If-Match", etag(9));
        bss.delete("/users/" + id, "If-Match", etag(9));
        bss.patchUser(other, "'external_id':'c1'");
        bss.post("/users", ApiClient.user("{'external_id':'c1'}"));
        assertThat(log("kind")).isEqualTo("user.created|user.created");
    }

    @Test
    void profilesAreLoggedUnderTheirUser() {
        var id = bss.createUser("").id();
        var profile = bss.post("/users/" + id + "/user_profiles", Expect.profile(null, "'name':'Kids'"))
                .id();
        assertThat(last("after").at("/id").asString()).isEqualTo(profile);
        bss.patch("/user_profiles/" + profile, Expect.profile(profile, "'age_limit':7"));
        assertThat(last("before").at("/age_limit").isNull()).isTrue();
        assertThat(last("after").at("/age_limit").asInt()).isEqualTo(7);
        bss.patch("/user_profiles/" + profile, Expect.profile(profile, "'age_limit':7"));
        bss.patch("/users/" + id + "/relationships/default_user_profile", Expect.linkage(profile));
        assertThat(last("after").at("/default_user_profile").asString()).isEqualTo(profile);
        bss.delete("/user_profiles/" + profile);
        var first = last("before").at("/default_user_profile").asString();
        bss.patch("/users/" + id + "/relationships/default_user_profile", Expect.linkage(first));
        bss.delete("/user_profiles/" + profile);
        assertThat(log("kind"))
                .isEqualTo("user.created|profile.created|profile.updated|user.updated|user.updated|profile.deleted");
        assertThat(server.value("select count(distinct user_id) from user_event where tenant_id = ?", tenant))
                .isEqualTo("1");
    }

    @Test
    void aRepeatUnderAKeyWritesNoSecondLine() {
        bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "k");
        bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "k");
        assertThat(log("kind")).isEqualTo("user.created");
    }

    @Test
    void beforeAndAfterJoinUpHoweverManyChangeAUserAtOnce() {
        var id = bss.createUser("").id();
        Together.run(20, number -> bss.patchUser(id, "'name':'N" + number + "'"));
        assertThat(server.value(
                        "select count(*) from user_event a join user_event b on b.user_id = a.user_id"
                                + " and b.after->'version' = a.before->'version' and b.after = a.before"
                                + " where a.user_id = ?::uuid",
                        id))
                .isEqualTo("20");
    }
}
