package tv.roster.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.secret;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;

class ApiKeysApiTest {
    private final TestServer server = TestServer.shared();
    private final AdminClient admin = new AdminClient(server.admin());
    private final ApiClient api = admin.api();
    private final String tenant = admin.newTenant("").id();

    @Test
    void theSecretIsShownOnceAndOpensTheApi() {
        var made = admin.newKey(tenant, "");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(secret(made)).startsWith("rst_" + made.textAt("/data/attributes/prefix") + "_");
        assertThat(made.at("/data/attributes/scopes").toString()).isEqualTo(json("['users:read','users:write']"));
        assertThat(made.textAt("/data/relationships/tenant/data/id")).isEqualTo(tenant);
        assertThat(server.client(secret(made)).get("/users").status()).isEqualTo(200);

        var read = api.get("/api_keys/" + made.id());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).doesNotContain("secret\"").doesNotContain(secret(made));
        assertThat(api.get("/tenants/" + tenant + "/api_keys").text()).doesNotContain(secret(made));
        assertThat(api.get("/api_keys?filter%5Bprefix%5D=" + made.textAt("/data/attributes/prefix"))
                        .textAt("/data/0/id"))
                .isEqualTo(made.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "name":null                     | wrong_type     | /data/attributes/name
            "scopes":["admin"]              | invalid_value  | /data/attributes/scopes/0
            "scopes":["users:all"]          | invalid_value  | /data/attributes/scopes/0
            "scopes":[]                     | invalid_value  | /data/attributes/scopes
            "ip_allow_list":["10.0.0.0/33"] | invalid_value  | /data/attributes/ip_allow_list/0
            "expires_time":"tomorrow"       | wrong_type     | /data/attributes/expires_time
            "expires_time":1764000000000    | invalid_value  | /data/attributes/expires_time
            "rate_limit":"fast"             | invalid_value  | /data/attributes/rate_limit
            "secret":"rst_mine"             | unknown_member | /data/attributes/secret
            "prefix":"abcdefgh"             | read_only      | /data/attributes/prefix
            "revoked_time":1                | read_only      | /data/attributes/revoked_time
            """)
    void badMembersAreRefusedByTheirPlace(String attributes, String code, String pointer) {
        var key = admin.newKey(tenant, "");
        var refused = admin.patchKey(key.id(), attributes);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.source()).isEqualTo(pointer);
    }

    @Test
    void scopesAreWhatTheKeyMayDo() {
        var key = admin.newKey(tenant, ",'scopes':['users:read']");
        var bss = server.client(secret(key));
        assertThat(bss.get("/users").status()).isEqualTo(200);
        var refused = bss.post("/users", ApiClient.user("{}"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("insufficient_scope");
        admin.patchKey(key.id(), "'scopes':['users:write']");
        assertThat(bss.post("/users", ApiClient.user("{}")).status()).isEqualTo(201);
        assertThat(bss.get("/users").status()).isEqualTo(403);
    }

    @Test
    void whatWasReadMayBeSentBackAndChangesNothing() {
        var key = admin.newKey(tenant, ",'expires_time':4102444800,'rate_limit':'100/1s'");
        var read = api.get("/api_keys/" + key.id());
        var again = api.patch("/api_keys/" + key.id(), read.text());
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.etag()).isEqualTo(read.etag());
        assertThat(admin.patchKey(key.id(), "'expires_time':null,'rate_limit':null")
                        .at("/data/attributes/expires_time")
                        .isNull())
                .isTrue();
    }

    @Test
    void aRevokedKeyIsOutAtOnceAndDoesNotComeBack() {
        var key = admin.newKey(tenant, "");
        assertThat(api.delete("/api_keys/" + key.id()).status()).isEqualTo(204);
        assertThat(server.client(secret(key)).get("/users").status()).isEqualTo(401);
        assertThat(api.get("/api_keys/" + key.id())
                        .at("/data/attributes/revoked_time")
                        .isNull())
                .isFalse();
        assertThat(api.delete("/api_keys/" + key.id()).status()).isEqualTo(204);
        assertThat(admin.patchKey(key.id(), "'name':'Again'").code()).isEqualTo("key_revoked");
        assertThat(admin.rotate(key.id(), 60).code()).isEqualTo("key_revoked");
    }

    @Test
    void rotationOverlapsForAsLongAsWasSaid() {
        var clock = new FixedClock(Instant.now());
        try (var own = new TestServer(Map.of(), clock)) {
            var operator = new AdminClient(own.admin());
            var first = operator.newKey(operator.newTenant("").id(), "");
            var second = operator.rotate(first.id(), 3600);
            assertThat(second.status()).isEqualTo(201);
            assertThat(second.textAt("/data/attributes/prefix")).isEqualTo(first.textAt("/data/attributes/prefix"));
            assertThat(own.client(secret(first)).get("/users").status()).isEqualTo(200);
            assertThat(own.client(secret(second)).get("/users").status()).isEqualTo(200);

            clock.advance(Duration.ofHours(1));
            assertThat(own.client(secret(first)).get("/users").status()).isEqualTo(401);
            assertThat(own.client(secret(second)).get("/users").status()).isEqualTo(200);

            var third = operator.rotate(first.id(), 0);
            assertThat(own.client(secret(second)).get("/users").status()).isEqualTo(401);
            assertThat(own.client(secret(third)).get("/users").status()).isEqualTo(200);
        }
    }

    @Test
    void anExpiredKeyIsOut() {
        var clock = new FixedClock(Instant.now());
        try (var own = new TestServer(Map.of(), clock)) {
            var operator = new AdminClient(own.admin());
            long soon = clock.instant().getEpochSecond() + 60;
            var key = operator.newKey(operator.newTenant("").id(), ",'expires_time':" + soon);
            assertThat(own.client(secret(key)).get("/users").status()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(1));
            assertThat(own.client(secret(key)).get("/users").status()).isEqualTo(401);
        }
    }

    @Test
    void lastUseIsWrittenWhenTheServerStopsAtTheLatest() {
        var clock = new FixedClock(Instant.now());
        var own = new TestServer(Map.of(), clock);
        var operator = new AdminClient(own.admin());
        var key = operator.newKey(operator.newTenant("").id(), "");
        own.client(secret(key)).get("/users");
        assertThat(operator.api()
                        .get("/api_keys/" + key.id())
                        .at("/data/attributes/last_used_time")
                        .isNull())
                .as("not a write per request")
                .isTrue();
        own.close();
        assertThat(own.value("select last_used_time from api_key where id = ?", UUID.fromString(key.id())))
                .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
    }

    @Test
    void theLastAdminKeyStaysAndAnotherCanTakeItsPlace() {
        try (var own = new TestServer(Map.of(), new FixedClock(Instant.now()))) {
            var first = own.admin();
            var firstId = first.get("/access").id();
            assertThat(first.delete("/api_keys/" + firstId).code()).isEqualTo("last_admin_key");
            var made = first.post("/api_keys", AdminClient.document("ApiKey", "'name':'Second'"));
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.at("/data/relationships/tenant/data").isNull()).isTrue();
            var second = own.admin(secret(made));
            assertThat(second.delete("/api_keys/" + firstId).status()).isEqualTo(204);
            assertThat(first.get("/tenants").status()).isEqualTo(401);
            assertThat(second.get("/tenants").status()).isEqualTo(200);
        }
    }

    @Test
    void anAdminKeyHasNoOtherScope() {
        var refused =
                api.post("/api_keys", AdminClient.document("ApiKey", "'name':'Both','scopes':['admin','users:read']"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.source()).isEqualTo("/data/attributes/scopes/1");
    }

    @Test
    void ifMatchHoldsBackChangesRotationsAndRevocations() {
        var key = admin.newKey(tenant, "");
        admin.patchKey(key.id(), "'name':'Other'");
        assertThat(admin.patchKey(key.id(), "'name':'B'", "If-Match", etag(1)).status())
                .isEqualTo(412);
        assertThat(api.delete("/api_keys/" + key.id(), "If-Match", etag(1)).status())
                .isEqualTo(412);
        assertThat(server.client(secret(key)).get("/users").status()).isEqualTo(200);
    }

    @Test
    void accessTellsAnyKeyWhatTheServerTakesItFor() {
        var key = admin.newKey(tenant, ",'scopes':['users:read']");
        var access = server.client(secret(key)).get("/access");
        assertThat(access.status()).isEqualTo(200);
        assertThat(access.textAt("/data/attributes/tenant/id")).isEqualTo(tenant);
        assertThat(access.textAt("/data/attributes/api_key/id")).isEqualTo(key.id());
        assertThat(access.at("/data/attributes/scopes").toString()).isEqualTo(json("['users:read']"));
        assertThat(access.textAt("/data/attributes/address")).isEqualTo("127.0.0.1");
        assertThat(access.textAt("/data/attributes/address_from")).isEqualTo("peer");
        assertThat(server.admin(secret(key)).get("/access").status()).isEqualTo(200);
        assertThat(server.client(server.adminKey())
                        .get("/access")
                        .at("/data/attributes/tenant")
                        .isNull())
                .isTrue();
    }

    @Test
    void aKeyOfNoTenantIsNotMade() {
        var refused =
                api.post("/tenants/" + UUID.randomUUID() + "/api_keys", AdminClient.document("ApiKey", "'name':'N'"));
        assertThat(refused.status()).isEqualTo(404);
    }
}
