package tv.roster.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Route;
import tv.roster.platform.http.Route.Method;
import tv.roster.testing.ApiClient;
import tv.roster.testing.TestPostgres;

/// What nobody may do at the console, tried on every page and form that there is.
class ForgedRequestsTest {
    /// Forms about the agent's own account, for everybody who has signed in or is about to.
    private static final List<String> OWN =
            List.of("/console/sign-", "/console/setup", "/console/account", "/console/oidc");

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final String user = bss.createUser("'name':'Anna'").id();

    private List<String> paths(Method method, UUID ofTenant) {
        var paths = new ArrayList<String>();
        for (Area<?> area : server.areas()) {
            if (!area.base().equals("/console")) {
                continue;
            }
            for (Route<?> route : area.routes()) {
                var path = area.base()
                        + route.path()
                                .replace("{tenant_slug}", "t-" + ofTenant)
                                .replace("{user_id}", user)
                                .replaceAll("\\{[a-z_]+\\}", UUID.randomUUID().toString());
                if (route.method() == method && OWN.stream().noneMatch(path::startsWith) && !path.contains("/files/")) {
                    paths.add(path);
                }
            }
        }
        assertThat(paths).isNotEmpty();
        return paths;
    }

    private String everything() {
        return TestPostgres.value(
                server.database(),
                "select (select string_agg(u::text, '' order by u.id) from roster_user u where u.tenant_id = '" + tenant
                        + "') || (select string_agg(t::text, '' order by t.id) from tenant t where t.id = '" + tenant
                        + "') || (select count(*) from api_key where tenant_id = '" + tenant + "')");
    }

    @Test
    void aViewerCanChangeNothing() {
        var viewer = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.VIEWER, tenant));
        var csrf = viewer.csrf();
        var before = everything();
        for (var path : paths(Method.POST, tenant)) {
            assertThat(viewer.sendWith(csrf, path, Map.of("name", "Forged", "word", "ERASE", "version", "1"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anAgentOfOneTenantSeesNothingOfAnother() {
        var other = server.addTenant();
        var stranger = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.ADMINISTRATOR, other));
        var csrf = stranger.csrf();
        var before = everything();
        for (var path : paths(Method.GET, tenant)) {
            var page = stranger.open(path);
            assertThat(page.text()).as(path).doesNotContain("Anna", "t-" + tenant, user);
            if (path.contains("/t/")) {
                assertThat(page.status()).as(path).isEqualTo(404);
            }
        }
        for (var path : paths(Method.POST, tenant)) {
            assertThat(stranger.sendWith(csrf, path, Map.of("name", "Forged", "word", "ERASE", "version", "1"))
                            .status())
                    .as(path)
                    .isNotIn(200, 201, 500);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aSubscriberOfAnotherTenantIsNotFoundUnderOnesOwn() {
        var other = server.addTenant();
        var stranger = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.ADMINISTRATOR, other));
        for (var path : paths(Method.GET, other)) {
            if (path.contains(user)) {
                assertThat(stranger.open(path).status()).as(path).isIn(404, 422);
            }
        }
    }

    @Test
    void aFormWithoutTheTokenOfTheSessionIsRefused() {
        var administrator = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.ADMINISTRATOR, null));
        var before = everything();
        for (var path : paths(Method.POST, tenant)) {
            assertThat(administrator
                            .sendWith("forged", path, Map.of("word", "ERASE", "version", "1"))
                            .status())
                    .as(path)
                    .isIn(403, 415);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aFormFromAnotherSiteIsRefused() {
        var administrator = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.ADMINISTRATOR, null));
        var csrf = administrator.csrf();
        var path = "/console/t/t-" + tenant + "/users/" + user + "/delete";
        for (var site : List.of("cross-site", "same-site", "none")) {
            assertThat(administrator
                            .sendWith(csrf, path, Map.of(), "Sec-Fetch-Site", site)
                            .status())
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(bss.get("/users/" + user).status()).isEqualTo(200);
    }

    @Test
    void whoHasNotSignedInIsLedToWhereThatIsDone() {
        var nobody = new ApiClient(server.url(), null);
        for (var path : paths(Method.GET, tenant)) {
            var page = nobody.send("GET", path, null, "Accept", "text/html");
            assertThat(page.status()).as(path).isEqualTo(303);
            assertThat(page.header("Location")).as(path).contains("console/sign-in?next=");
        }
        for (var path : paths(Method.POST, tenant)) {
            var page = nobody.send(
                    "POST",
                    path,
                    "csrf=x",
                    "Accept",
                    "text/html",
                    "Sec-Fetch-Site",
                    "same-origin",
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(page.status()).as(path).isEqualTo(303);
        }
    }
}
