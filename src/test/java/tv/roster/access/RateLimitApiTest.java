package tv.roster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.secret;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;

class RateLimitApiTest {
    private final TestServer server = TestServer.shared();
    private final AdminClient admin = new AdminClient(server.admin());

    private ApiClient bss(String tenant, String moreOfTheKey) {
        return server.client(secret(admin.newKey(tenant, moreOfTheKey)));
    }

    @Test
    void withoutALimitNothingIsTold() {
        var served = bss(admin.newTenant("").id(), "").get("/users");
        assertThat(served.header("RateLimit")).isNull();
        assertThat(served.header("RateLimit-Policy")).isNull();
    }

    @Test
    void aKeyIsServedUpToItsLimitAndToldHowItStands() {
        var bss = bss(admin.newTenant("").id(), ",'rate_limit':'2/1000s'");
        var first = bss.get("/users");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"key\";q=2;w=1000");
        assertThat(first.header("RateLimit")).startsWith("\"key\";r=1;t=");
        assertThat(bss.get("/users/nobody").header("RateLimit")).startsWith("\"key\";r=0;t=");

        var refused = bss.get("/users");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(400, 500);
        assertThat(refused.header("RateLimit")).startsWith("\"key\";r=0;t=");
    }

    @Test
    void aTenantsLimitHoldsForItsKeysTogether() {
        var tenant = admin.newTenant(",'settings':{'rate_limit':'2/1000s'}").id();
        var one = bss(tenant, "");
        var other = bss(tenant, "");
        assertThat(one.get("/users").status()).isEqualTo(200);
        assertThat(other.get("/users").header("RateLimit-Policy")).isEqualTo("\"tenant\";q=2;w=1000");
        assertThat(one.get("/users").status()).isEqualTo(429);
        assertThat(server.newTenant().get("/users").status()).isEqualTo(200);
    }

    @Test
    void aKeysOwnLimitStandsBeforeThatOfAllKeys() {
        var tenant = admin.newTenant(",'settings':{'key_rate_limit':'1/1000s'}").id();
        assertThat(bss(tenant, "").get("/users").header("RateLimit-Policy")).isEqualTo("\"key\";q=1;w=1000");
        assertThat(bss(tenant, ",'rate_limit':'7/1s'").get("/users").header("RateLimit-Policy"))
                .isEqualTo("\"key\";q=7;w=1");
    }

    @Test
    void aChangedLimitIsInForceAtOnce() {
        var tenant = admin.newTenant("").id();
        var key = admin.newKey(tenant, ",'rate_limit':'1/1000s'");
        var bss = server.client(secret(key));
        assertThat(bss.get("/users").status()).isEqualTo(200);
        assertThat(bss.get("/users").status()).isEqualTo(429);
        admin.patchKey(key.id(), "'rate_limit':null");
        assertThat(bss.get("/users").status()).isEqualTo(200);
    }

    @Test
    void theLimitComesBeforeScopeAndPath() {
        var bss = bss(admin.newTenant("").id(), ",'rate_limit':'1/1000s','scopes':['users:read']");
        assertThat(bss.get("/users").status()).isEqualTo(200);
        assertThat(bss.post("/users", ApiClient.user("{}")).status()).isEqualTo(429);
        assertThat(bss.get("/nowhere").status()).isEqualTo(429);
    }

    @Test
    void guessingIsHeldBackByAddressAndAGoodKeyIsServedAllTheSame() {
        try (var own = new TestServer(
                Map.of("ROSTER_FAILED_AUTHENTICATIONS", "3/1000s", "ROSTER_TRUSTED_PROXIES", "127.0.0.1"),
                InstantSource.system())) {
            var good = own.newTenant();
            var guess = own.client(ApiKeySecret.random().value());
            for (int i = 0; i < 3; i++) {
                var unauthorized = guess.get("/users");
                assertThat(unauthorized.status()).isEqualTo(401);
                assertThat(unauthorized.header("WWW-Authenticate")).isEqualTo("Apikey realm=\"roster\"");
            }
            var refused = guess.get("/users");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotNull();
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"failed-authentication\";q=3;w=1000");
            assertThat(own.client("nonsense").get("/users").status()).isEqualTo(429);
            assertThat(good.get("/users").status()).isEqualTo(200);
            assertThat(guess.get("/users", "X-Forwarded-For", "203.0.113.9").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void guessingIsNotHeldBackWhereThatIsOff() {
        var guess = server.client(ApiKeySecret.random().value());
        for (int i = 0; i < 20; i++) {
            assertThat(guess.get("/users").status()).isEqualTo(401);
        }
    }
}
