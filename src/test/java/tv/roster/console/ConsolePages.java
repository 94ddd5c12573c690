package tv.roster.console;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import tv.roster.TestServer;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.SignInOutcome.EnrolmentDemanded;
import tv.roster.agents.totp.Totp;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.SetupToken;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.http.Route;
import tv.roster.testing.AdminClient;
import tv.roster.testing.Response;

/// All pages of the console, with something on each, for those who look at them.
public final class ConsolePages {
    private final TestServer server;
    private final ConsoleSample sample;
    private final SessionToken administrator;
    private final List<Look> looks = new ArrayList<>();

    /// A page in one of its states.
    ///
    /// @param session whose it is; null for somebody who has not signed in
    /// @param then    what is done on it to get there
    public record Look(String name, SessionToken session, String url, Consumer<Page> then) {
        public void open(Page page) {
            page.context().clearCookies();
            if (session != null) {
                ConsoleSessions.open(page.context(), session);
            }
            page.navigate(url);
            then.accept(page);
        }
    }

    /// @param server may send webhooks to this machine
    public ConsolePages(TestServer server) {
        this.server = server;
        sample = ConsoleSample.of(server);
        administrator = ConsoleSessions.of(server, Role.ADMINISTRATOR, null);
        ofNobody();
        ofInstallation();
        subscribers();
        manager();
        administrator();
        ofAnEmptyTenant();
        ofAViewer();
    }

    public List<Look> looks() {
        return List.copyOf(looks);
    }

    /// The pages of the console that are none of these paths; what is downloaded or leads on is no page.
    public List<String> besides(List<String> paths) {
        return server.areas().stream()
                .filter(area -> area.base().equals("/console"))
                .flatMap(area -> area.routes().stream())
                .filter(route -> route.method() == Route.Method.GET)
                .map(Route::path)
                .filter(path -> !path.startsWith("/files/") && !path.matches(".*/(rejected_rows|exports/users)"))
                .filter(path -> !path.isEmpty() && !path.equals("/t/{tenant_slug}"))
                .filter(path -> {
                    var pattern = ("/console" + path).replaceAll("\\{[a-z_]+}", "[^/]+");
                    return paths.stream().noneMatch(seen -> seen.matches(pattern));
                })
                .toList();
    }

    private void add(String name, SessionToken session, String path, Consumer<Page> then) {
        looks.add(new Look(name, session, server.url() + "/console" + path, then));
    }

    private void add(String name, String path) {
        add(name, administrator, path, ConsolePages::asItIs);
    }

    private void add(String name, String path, Consumer<Page> then) {
        add(name, administrator, path, then);
    }

    private static void asItIs(Page page) {
        // There is nothing to do.
    }

    private static Consumer<Page> send(String button) {
        return page -> {
            page.click("main button:text-is('" + button + "')");
            page.waitForLoadState();
        };
    }

    private static Consumer<Page> fill(String field, String value, String button) {
        return page -> {
            page.fill("#" + field, value);
            send(button).accept(page);
        };
    }

    private Response invite(String name) {
        return server.admin()
                .post(
                        "/agents",
                        AdminClient.document(
                                "Agent",
                                "'email':'" + UUID.randomUUID() + "@agents.example','name':'" + name
                                        + "','role':'AGENT'"));
    }

    private void ofNobody() {
        var wrong = fill("email", "olga@north-tv.example", "Sign in");
        add("sign-in", null, "/sign-in?done=signed_out", ConsolePages::asItIs);
        add("sign-in-wrong", null, "/sign-in", page -> {
            page.fill("#password", "wrong");
            wrong.accept(page);
        });
        add("code", null, "/sign-in/code", ConsolePages::asItIs);
        var setup = invite("Ben Berg").textAt("/data/attributes/setup_url").replaceFirst(".*/console", "");
        add("setup", null, setup, ConsolePages::asItIs);
        add("setup-wrong", null, setup, fill("password", "password", "Go on"));
        add("setup-over", null, "/setup?token=over", ConsolePages::asItIs);
        var step = secondFactor();
        add("second-factor", null, "/sign-in", page -> enrol(page, step));
        add("recovery-codes", null, "/sign-in", page -> {
            enrol(page, step);
            var secret = server.signIn().enrolment(step.token()).orElseThrow().secret();
            fill("code", Totp.code(secret, Instant.now().getEpochSecond()), "Turn on")
                    .accept(page);
        });
    }

    private EnrolmentDemanded secondFactor() {
        var url = invite("Cem Can").textAt("/data/attributes/setup_url");
        var token = SetupToken.parse(url.substring(url.indexOf('=') + 1)).orElseThrow();
        return (EnrolmentDemanded) server.setupLinks()
                .use(token, Password.chosen("four words of a song"), new Browser("127.0.0.1", "looks", "Test"));
    }

    private void enrol(Page page, EnrolmentDemanded step) {
        ConsoleSessions.give(page.context(), "__Host-roster-step", step.token().value());
        page.navigate(server.url() + "/console/sign-in/second-factor");
    }

    private void ofInstallation() {
        var agent = "/agents/" + invite("Dora Dahl").id();
        add("overview", "/overview");
        add("tenants", "/tenants");
        add("new-tenant", "/new_tenant");
        add("new-tenant-wrong", "/new_tenant", fill("slug", "No Slug", "Create"));
        add("agents", "/agents");
        add("agent", agent);
        add("agent-link", agent, send("New setup link"));
        add("delete-agent", agent + "/delete");
        add("new-agent", "/new_agent");
        add("new-agent-wrong", "/new_agent", fill("email", "nobody", "Invite"));
        add("audit", "/audit");
        add("audit-nothing", "/audit?since=2020-01-01&until=2020-01-02");
        add("account", "/account");
        add("account-wrong", "/account", fill("current", "wrong", "Change the password"));
        add("nothing-here", "/t/nobody/users");
    }

    private void subscribers() {
        var users = sample.base() + "/users";
        var user = users + "/" + sample.user();
        add("search", users);
        add("search-found", users + "?q=virta");
        add("search-nothing", users + "?q=nobody-at-all");
        add("subscriber", user + "?done=mail_queued");
        add("subscriber-suspended", users + "/" + sample.longest());
        add("new-subscriber", sample.base() + "/new_user");
        add("new-subscriber-wrong", sample.base() + "/new_user", page -> {
            page.fill("#email", "nobody");
            fill("telephone", "12", "Save").accept(page);
        });
        add("edit", user + "/edit");
        add("edit-meanwhile", user + "/edit", page -> {
            sample.changeUser();
            fill("name", "Anna V.", "Save").accept(page);
        });
        add("delete", user + "/delete");
        add("erase", user + "/erase");
        add("erase-wrong", user + "/erase", fill("word", "yes", "Erase for good"));
        add("profile", user + "/profiles/" + sample.profile());
        add("new-profile", user + "/new_profile");
    }

    private void manager() {
        var deleted = sample.base() + "/deleted_users";
        var imported = sample.base() + "/imports/" + sample.finishedImport();
        var webhook = sample.base() + "/webhooks/" + sample.webhook();
        add("deleted", deleted);
        add("deleted-nothing", deleted + "?external_id=nobody");
        add("erase-deleted", deleted + "/" + sample.deleted() + "/erase");
        add("erased", deleted + "/" + sample.deleted() + "/erase", fill("word", "ERASE", "Erase for good"));
        add("imports", sample.base() + "/imports");
        add("imports-nothing-chosen", sample.base() + "/imports", page -> {
            page.evaluate("document.getElementById('file').required = false");
            send("Send the file").accept(page);
        });
        add("import", imported);
        add("import-running", sample.base() + "/imports/" + sample.runningImport());
        add("delete-import", imported + "/delete");
        add("exports", sample.base() + "/exports");
        add("webhooks", sample.base() + "/webhooks");
        add("webhook", webhook);
        add("webhook-tested", webhook, send("Send a test"));
        add("webhook-secret", webhook, send("Make a new secret"));
        add("edit-webhook", webhook + "/edit");
        add("delete-webhook", webhook + "/delete");
        add("new-webhook", sample.base() + "/new_webhook");
        add("new-webhook-wrong", sample.base() + "/new_webhook", fill("url", "http://10.0.0.1/", "Create"));
    }

    private void administrator() {
        var keys = sample.base() + "/keys";
        add("keys", keys);
        add("new-key", sample.base() + "/new_key");
        add("new-key-wrong", sample.base() + "/new_key", fill("ip_allow_list", "north", "Create the key"));
        add("key-secret", sample.base() + "/new_key", page -> {
            page.check("[name='scope_users:read']");
            fill("name", "Login service", "Create the key").accept(page);
        });
        add("rotate-key", keys + "/" + sample.key() + "/rotate");
        add("revoke-key", keys + "/" + sample.key() + "/revoke");
        add("settings", sample.base() + "/settings");
        add("settings-asked", sample.base() + "/settings?address=192.0.2.7");
        add("settings-wrong", sample.base() + "/settings", fill("brand_color", "blueish", "Save"));
    }

    private void ofAnEmptyTenant() {
        var empty = "/t/" + new AdminClient(server.admin()).newTenant("").textAt("/data/attributes/slug");
        for (var section : List.of("users", "deleted_users", "imports", "webhooks", "keys")) {
            add("no-" + section, empty + "/" + section);
        }
    }

    private void ofAViewer() {
        var viewer = ConsoleSessions.of(server, Role.VIEWER, sample.tenant());
        add("viewer-search", viewer, sample.base() + "/users?q=virta", ConsolePages::asItIs);
        add("viewer-subscriber", viewer, sample.base() + "/users/" + sample.user(), ConsolePages::asItIs);
        add("viewer-refused", viewer, sample.base() + "/imports", ConsolePages::asItIs);
    }
}
