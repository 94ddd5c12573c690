package tv.roster.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.testing.AdminClient;
import tv.roster.testing.Response;

class AdministerPagesTest {
    private static final Pattern SECRET = Pattern.compile("<code class=\"secret\">([^<]+)</code>");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([0-9]+)\"");

    private final TestServer server = TestServer.shared();
    private final Response made = new AdminClient(server.admin()).newTenant(",'user_flags':['VIP']");
    private final UUID tenant = UUID.fromString(made.id());
    private final String base = "/console/t/" + made.textAt("/data/attributes/slug");
    private final ConsoleBrowser own =
            new ConsoleBrowser(server, ConsoleSessions.of(server, Role.ADMINISTRATOR, tenant));

    private ConsoleBrowser ofInstallation() {
        return new ConsoleBrowser(server, ConsoleSessions.of(server, Role.ADMINISTRATOR, null));
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private String keyId(String name) {
        for (var key : server.admin().get("/tenants/" + tenant + "/api_keys").at("/data")) {
            if (key.path("attributes").path("name").asString().equals(name)) {
                return key.path("id").asString();
            }
        }
        throw new AssertionError("no key " + name);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "AGENT", "MANAGER"})
    void otherRolesSeeNoneOfThesePages(Role role) {
        var browser = new ConsoleBrowser(server, ConsoleSessions.of(server, role, tenant));
        for (var page : List.of(
                base + "/keys",
                base + "/new_key",
                base + "/settings",
                "/console/agents",
                "/console/new_agent",
                "/console/audit",
                "/console/new_tenant")) {
            assertThat(browser.open(page).status()).as(page).isEqualTo(403);
        }
    }

    @Test
    void anAdministratorOfATenantSeesNoOther() {
        var other = server.addTenant();
        server.newKey(other, "users:read");
        for (var page : List.of("/keys", "/settings")) {
            assertThat(own.open("/console/t/t-" + other + page).status()).isEqualTo(404);
        }
        assertThat(own.open("/console/agents").text()).doesNotContain("The installation");
        assertThat(own.open("/console/new_tenant").status()).isEqualTo(403);
        assertThat(own.open("/console/audit?tenant=" + other).text()).doesNotContain(other.toString() + "<");
    }

    @Test
    void aSecretIsOnThePageThatMadeItAndNowhereElse() {
        var made = own.send(base + "/new_key", Map.of("name", "Billing", "scope_users:read", "yes"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.text()).contains("shown only now");
        var secret = first(SECRET, made.text());
        server.refresh();
        assertThat(server.client(secret).get("/users").status()).isEqualTo(200);
        assertThat(own.open(base + "/keys").text()).contains("Billing").doesNotContain(secret);
    }

    @Test
    void aKeyThatIsRevokedStopsWorking() {
        var secret = first(
                SECRET,
                own.send(base + "/new_key", Map.of("name", "Old", "scope_users:read", "yes"))
                        .text());
        var key = base + "/keys/" + keyId("Old");
        assertThat(own.open(key + "/revoke").text()).contains("cannot be undone");
        assertThat(own.send(key + "/revoke", Map.of()).status()).isEqualTo(303);
        assertThat(server.client(secret).get("/users").status()).isEqualTo(401);
        assertThat(own.open(base + "/keys").text()).contains("Revoked");
    }

    @Test
    void aRotationShowsTheNewSecretOnce() {
        own.send(base + "/new_key", Map.of("name", "Login", "scope_users:read", "yes"));
        var key = base + "/keys/" + keyId("Login");
        assertThat(own.send(key + "/rotate", Map.of("overlap_hours", "many")).status())
                .isEqualTo(422);
        var rotated = own.send(key + "/rotate", Map.of("overlap_hours", "1"));
        assertThat(server.client(first(SECRET, rotated.text())).get("/users").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsWrongWithAKeyStandsBesideItsField() {
        var refused = own.send(
                base + "/new_key", Map.of("name", "", "ip_allow_list", "192.0.2.0/24\n\nnorth", "expires", ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Line 2, “north”: Must be a CIDR block")
                .contains("at least one scope");
        assertThat(own.send(base + "/new_key", Map.of("name", "A", "expires", "soon"))
                        .text())
                .contains("Write a day");
    }

    @Test
    void keysOfOtherTenantsAreNotFound() {
        var other = server.addTenant();
        server.newKey(other, "users:read");
        var id = server.admin().get("/tenants/" + other + "/api_keys").textAt("/data/0/id");
        assertThat(own.open(base + "/keys/" + id + "/revoke").status()).isEqualTo(404);
        assertThat(own.send(base + "/keys/" + id + "/revoke", Map.of()).status())
                .isEqualTo(404);
        assertThat(ofInstallation().open(base + "/keys/" + id + "/rotate").status())
                .isEqualTo(404);
    }

    private Map<String, String> settings(String name, String value) {
        var version = first(VERSION, own.open(base + "/settings").text());
        var stored = server.admin().get("/tenants/" + tenant).at("/data/attributes");
        var fields = new HashMap<String, String>();
        fields.put("version", version);
        fields.put("name", stored.path("name").asString());
        fields.put("user_flags", "VIP");
        stored.path("settings")
                .properties()
                .forEach(setting -> fields.put(
                        setting.getKey(),
                        setting.getValue().isValueNode() ? setting.getValue().asString("") : ""));
        fields.put(name, value);
        return fields;
    }

    @Test
    void settingsAreSavedAndChangesOfOthersAreNotOverwritten() {
        var changes = settings("sender_name", "South TV");
        var saved = own.send(base + "/settings", changes);
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(own.open(base + "/settings").text()).contains("South TV").doesNotContain("key_rate_limit");
        changes.put("sender_name", "West TV");
        var refused = own.send(base + "/settings", changes);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("West TV", "Stored now: <strong>South TV</strong>");
        assertThat(ofInstallation().open(base + "/settings").text()).contains("key_rate_limit");
    }

    @Test
    void aWrongSettingIsNamed() {
        var refused = own.send(base + "/settings", settings("brand_color", "blueish"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Nothing was changed").contains("blueish");
        assertThat(own.send(base + "/settings", settings("ip_allow_list", "192.0.2.0/24\nsouth"))
                        .text())
                .contains("Line 2, “south”: Must be a CIDR block");
    }

    @Test
    void whetherAnAddressWouldBeLetInIsAnswered() {
        assertThat(own.open(base + "/settings?address=192.0.2.7").text()).contains("the list is empty");
        own.send(base + "/settings", settings("ip_allow_list", "192.0.2.0/24\n2001:db8::/32"));
        assertThat(own.open(base + "/settings?address=192.0.2.7").text()).contains("is in 192.0.2.0/24");
        assertThat(own.open(base + "/settings?address=192.0.3.7").text()).contains("in none of the blocks");
        assertThat(own.open(base + "/settings?address=north").text()).contains("Must be an IPv4 address");
    }

    @Test
    void anAgentIsInvitedChangedDisabledAndDeleted() {
        var email = UUID.randomUUID() + "@agents.example";
        var invited = own.send("/console/new_agent", Map.of("email", email, "name", "Ben Berg", "role", "VIEWER"));
        assertThat(invited.status()).as(invited.text()).isEqualTo(200);
        var link = first(SECRET, invited.text());
        assertThat(own.open("/console/agents").text()).contains(email).doesNotContain(link);
        var found = server.admin().get("/agents?filter%5Bemail%5D=" + email);
        assertThat(found.textAt("/data/0/relationships/tenant/data/id")).isEqualTo(tenant.toString());
        var agent = "/console/agents/" + found.textAt("/data/0/id");
        assertThat(own.open(agent).text()).contains("Ben Berg");
        assertThat(own.send(agent, Map.of("name", "Ben Bell", "role", "AGENT")).status())
                .isEqualTo(303);
        assertThat(own.send(agent, Map.of("name", "", "role", "AGENT")).status())
                .isEqualTo(422);
        assertThat(first(SECRET, own.send(agent + "/link", Map.of()).text())).isNotEqualTo(link);
        for (var action : List.of("/disable", "/enable", "/end_sessions")) {
            assertThat(own.send(agent + action, Map.of()).status()).as(action).isEqualTo(303);
        }
        assertThat(own.open(agent + "/delete").text()).contains("cannot be undone");
        assertThat(own.send(agent + "/delete", Map.of()).status()).isEqualTo(303);
        assertThat(own.open(agent).status()).isEqualTo(404);
    }

    @Test
    void anInvitationThatIsWrongIsNotSent() {
        var refused = own.send("/console/new_agent", Map.of("email", "ben", "name", "", "role", "VIEWER"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Nothing was changed");
    }

    @Test
    void theAuditSaysWhoDidWhat() {
        own.send(base + "/new_key", Map.of("name", "Audited", "scope_users:read", "yes"));
        assertThat(own.open("/console/audit?kind=api_key.created").text())
                .contains("API key created", "api_key.created")
                .contains("Olga ADMINISTRATOR");
        assertThat(own.open("/console/audit?since=2020-01-01&until=2020-01-02").text())
                .contains("Nothing is found");
        assertThat(own.open("/console/audit?since=soon").status()).isEqualTo(422);
        assertThat(own.open("/console/audit?kind=Everything").status()).isEqualTo(422);
    }

    @Test
    void administratorsOfTheInstallationCreateTenants() {
        var browser = ofInstallation();
        var slug = "n" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(browser.send("/console/new_tenant", Map.of("slug", slug, "name", "New TV"))
                        .status())
                .isEqualTo(303);
        assertThat(browser.open("/console/tenants").text()).contains(slug).contains("New tenant");
        assertThat(browser.send("/console/new_tenant", Map.of("slug", slug, "name", "New TV"))
                        .text())
                .contains("Another tenant has this slug");
        assertThat(own.send("/console/new_tenant", Map.of("slug", "mine", "name", "Mine"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aFormFromElsewhereChangesNothing() {
        assertThat(own.sendWith("other", base + "/new_key", Map.of("name", "Foreign"))
                        .status())
                .isEqualTo(403);
    }
}
