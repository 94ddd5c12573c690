package tv.roster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.secret;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// The test's own requests come through a trusted proxy at 127.0.0.1 that says whom it speaks for.
class AllowListApiTest {
    private static TestServer server;
    private static AdminClient admin;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"), InstantSource.system());
        admin = new AdminClient(server.admin());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ApiClient bss(String tenantBlocks, String keyBlocks) {
        var tenant = admin.newTenant(",'ip_allow_list':[" + tenantBlocks + "]").id();
        return server.client(secret(admin.newKey(tenant, ",'ip_allow_list':[" + keyBlocks + "]")));
    }

    private static Response from(ApiClient bss, String address) {
        return bss.get("/users", "X-Forwarded-For", address);
    }

    @ParameterizedTest(name = "tenant [{0}] key [{1}] from {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                | -                | 203.0.113.9          | 200
            "203.0.113.0/24"                 | -                | 203.0.113.9          | 200
            "203.0.113.0/24"                 | -                | 203.0.114.9          | 403
            "203.0.113.0/24"                 | -                | ::ffff:203.0.113.9   | 200
            "::ffff:203.0.113.0/120"         | -                | 203.0.113.9          | 200
            "2001:db8::/32"                  | -                | 2001:db8:1::9        | 200
            "2001:db8::/32"                  | -                | 2001:db9::9          | 403
            "::/0"                           | -                | 203.0.113.9          | 403
            "0.0.0.0/0"                      | -                | 2001:db8::1          | 403
            "203.0.113.9","2001:db8::/32"    | -                | 203.0.113.9          | 200
            -                                | "203.0.113.9"    | 203.0.113.9          | 200
            -                                | "203.0.113.9"    | 203.0.113.8          | 403
            "203.0.113.0/24"                 | "203.0.113.9"    | 203.0.113.9          | 200
            "203.0.113.0/24"                 | "203.0.113.9"    | 203.0.113.8          | 403
            "203.0.113.0/24"                 | "198.51.100.0/24"| 198.51.100.7         | 403
            "203.0.113.0/24"                 | -                | 203.0.113.9, 198.51.100.7           | 403
            "203.0.113.0/24"                 | -                | 198.51.100.7, 203.0.113.9           | 200
            "203.0.113.0/24"                 | -                | 203.0.113.9, 10.1.2.3               | 200
            "203.0.113.0/24"                 | -                | 203.0.113.9, 198.51.100.7, 10.1.2.3 | 403
            """)
    void bothListsMustHold(String tenantBlocks, String keyBlocks, String address, int status) {
        var bss = bss(tenantBlocks == null ? "" : tenantBlocks, keyBlocks == null ? "" : keyBlocks);
        assertThat(from(bss, address).status()).isEqualTo(status);
    }

    @Test
    void theRefusalNamesTheJudgedAddress() {
        var refused = from(bss("'203.0.113.0/24'", ""), "203.0.113.1, ::ffff:198.51.100.7");
        assertThat(refused.code()).isEqualTo("ip_not_allowed");
        assertThat(refused.textAt("/errors/0/meta/address")).isEqualTo("198.51.100.7");
        assertThat(refused.textAt("/errors/0/detail")).contains("198.51.100.7");
    }

    @Test
    void anAddressThatIsAddedIsLetThroughAtOnce() {
        var tenant = admin.newTenant(",'ip_allow_list':['203.0.113.0/24']").id();
        var bss = server.client(secret(admin.newKey(tenant, "")));
        assertThat(from(bss, "198.51.100.7").status()).isEqualTo(403);
        admin.patchTenant(tenant, "'ip_allow_list':['203.0.113.0/24','198.51.100.7']");
        assertThat(from(bss, "198.51.100.7").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For | unknown
            X-Forwarded-For | 203.0.113.9,
            X-Forwarded-For | 203.0.113.9, evil
            X-Forwarded-For | 203.0.113.999
            Forwarded       | for=unknown
            Forwarded       | for=_hidden
            Forwarded       | by=10.0.0.1
            Forwarded       | for="203.0.113.9
            """)
    void aMalformedHeaderOfATrustedProxyIsNeverAPass(String header, String value) {
        var refused = bss("", "").get("/users", header, value);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("ip_not_allowed");
        assertThat(refused.source()).isEqualTo(header);
        assertThat(refused.textAt("/errors/0/meta/address")).isEqualTo("127.0.0.1");
    }

    @Test
    void nobodyIsBelievedUnlessTrusted() {
        var tenant = new AdminClient(TestServer.shared().admin());
        var id = tenant.newTenant(",'ip_allow_list':['203.0.113.0/24']").id();
        var bss = TestServer.shared().client(secret(tenant.newKey(id, "")));
        var refused = from(bss, "203.0.113.9");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.textAt("/errors/0/meta/address")).isEqualTo("127.0.0.1");
        assertThat(bss.get("/users", "Forwarded", "for=203.0.113.9").status()).isEqualTo(403);
    }

    @Test
    void accessTellsFromWhichHeaderTheAddressCame() {
        var bss = bss("", "");
        var standard = bss.get("/access", "Forwarded", "for=\"[2001:DB8::9]:4711\"");
        assertThat(standard.textAt("/data/attributes/address")).isEqualTo("2001:db8::9");
        assertThat(standard.textAt("/data/attributes/address_from")).isEqualTo("forwarded");
        var usual = bss.get("/access", "X-Forwarded-For", "203.0.113.9");
        assertThat(usual.textAt("/data/attributes/address_from")).isEqualTo("x_forwarded_for");
    }

    @Test
    void theKeyIsJudgedBeforeTheAddressAndTheAddressBeforeScopeAndPath() {
        var bss = bss("'203.0.113.0/24'", "");
        var nobody = server.client("rst_unknown");
        assertThat(nobody.get("/users", "X-Forwarded-For", "evil").status()).isEqualTo(401);
        assertThat(from(bss, "198.51.100.7").code()).isEqualTo("ip_not_allowed");
        assertThat(bss.get("/nowhere", "X-Forwarded-For", "198.51.100.7").code())
                .isEqualTo("ip_not_allowed");
        assertThat(server.admin(bss.key())
                        .get("/tenants", "X-Forwarded-For", "198.51.100.7")
                        .code())
                .isEqualTo("ip_not_allowed");
    }

    @Test
    void nobodyShutsOutTheKeyThatIsUsed() {
        var own = server.admin();
        var id = own.get("/access").id();
        var refused = new AdminClient(own).patchKey(id, "'ip_allow_list':['203.0.113.0/24']");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.source()).isEqualTo("/data/attributes/ip_allow_list");
        assertThat(refused.textAt("/errors/0/detail")).contains("127.0.0.1");
    }

    @Test
    void theAuditKnowsTheJudgedAddress() {
        var bss = bss("", "");
        var made = bss.post("/users", ApiClient.user("{}"), "X-Forwarded-For", "203.0.113.77");
        assertThat(server.value("select address from user_event where user_id = ?::uuid", made.id()))
                .isEqualTo("203.0.113.77");
    }
}
