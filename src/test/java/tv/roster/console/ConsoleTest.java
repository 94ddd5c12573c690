package tv.roster.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;

/// An agent with a headset on, in a real browser. Its pictures are in `target/screenshots`.
class ConsoleTest {
    private static final double PATIENCE = 30_000;
    private static final long BUDGET = 60_000;

    private static Chromium chromium;

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant("VIP");
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final String base = server.url() + "/console/t/t-" + tenant;

    @BeforeAll
    static void open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", "console-" + name + ".png")));
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static Locator notice(Page page) {
        return page.locator(".message[role=status]");
    }

    private static Locator state(Page page) {
        return page.locator(".heading .tag");
    }

    @Test
    void aSubscriberIsFoundWhileTypingAndSuspendedByTheKeyboardAlone() {
        bss.createUser("'name':'Anna Virtanen','contact_details':{'email':'anna@example.com'}");
        var matti = bss.createUser("'name':'Matti Virta','user_flags':['VIP']").id();
        bss.patchUser(matti, "'name':'Matti M. Virta'");
        try (var window = chromium.window(360, ColorScheme.DARK)) {
            ConsoleSessions.open(window, ConsoleSessions.of(server, Role.AGENT, tenant));
            var page = window.newPage();
            page.navigate(server.url() + "/console");
            page.keyboard().type("matti m");
            assertThat(page.locator("a.result")).hasCount(1);
            picture(page, "results");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Matti M. Virta");
            assertThat(page.locator(".timeline").last())
                    .containsText("Name changed from “Matti Virta” to “Matti M. Virta”");
            picture(page, "subscriber");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Suspend").setExact(true))
                    .press("Enter");
            assertThat(page.locator(".message")).containsText("can no longer log in");
            assertThat(bss.get("/users/" + matti).at("/data/attributes/user_flags"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachRoleFindsASubscriberAndDoesWhatItMay(Role role) {
        var email = "matti-" + tenant + "@north-tv.example";
        var matti = bss.createUser("'name':'Matti Meri','external_id':'bss-7041','contact_details':{'email':'" + email
                        + "','telephone_number_E123':'+358401234567'}")
                .id();
        bss.createUser("'name':'Anna Virtanen','external_id':'bss-7050','contact_details':{'email':'anna@example.com',"
                + "'telephone_number_E123':'+358407654321'}");
        try (var window = chromium.window(1280, ColorScheme.LIGHT)) {
            ConsoleSessions.open(window, ConsoleSessions.of(server, role, tenant));
            var page = window.newPage();
            page.navigate(server.url() + "/console");
            assertThat(page.locator(".sections a")).hasText(sections(role));
            for (var query :
                    List.of(email.substring(2, 24), "eri", "(040) 123-45 67", "bss-704", matti.substring(0, 30))) {
                search(page, query);
                assertThat(page.locator("a.result")).hasText(new String[] {"Matti Meri"});
            }
            page.click("a.result");
            assertThat(page.locator("h1")).hasText("Matti Meri");
            assertThat(page.locator(".actions .button, .actions button")).hasText(actions(role));
            if (role != Role.VIEWER) {
                sendsAMailAgain(page, email);
                suspendsAndBringsBack(page);
                deletesAndRestores(page);
            }
            if (role.compareTo(Role.MANAGER) >= 0) {
                erases(page, matti);
            }
            if (role == Role.ADMINISTRATOR) {
                revokesAKey(page);
            }
        }
    }

    private static String[] sections(Role role) {
        var sections = new ArrayList<>(List.of("Subscribers", "Deleted users"));
        if (role.compareTo(Role.MANAGER) >= 0) {
            sections.addAll(List.of("Imports", "Exports", "Webhooks"));
        }
        if (role == Role.ADMINISTRATOR) {
            sections.addAll(List.of("API keys", "Settings", "Overview", "Agents", "Audit"));
        }
        return sections.toArray(String[]::new);
    }

    private static String[] actions(Role role) {
        if (role == Role.VIEWER) {
            return new String[0];
        }
        var actions = new ArrayList<>(List.of("Edit", "Suspend", "Send activation mail", "Send password reset mail"));
        if (role.compareTo(Role.MANAGER) >= 0) {
            actions.addAll(List.of("Export personal data", "Erase…"));
        }
        actions.add("Delete…");
        return actions.toArray(String[]::new);
    }

    /// Types a text over the one before, and waits for what it finds.
    private static void search(Page page, String text) {
        page.waitForResponse(
                response -> response.url().contains("/users?q="),
                () -> page.locator("#q").fill(text));
        page.waitForCondition(() -> page.locator(".htmx-request").count() == 0);
    }

    private void sendsAMailAgain(Page page, String email) {
        press(page, "Send activation mail");
        assertThat(notice(page)).containsText("The mail is on its way");
        assertThat(page.locator("[aria-labelledby=mails] .timeline li")).containsText(email);
        var user = page.url();
        page.navigate(server.outboxLink());
        page.locator("a", new Page.LocatorOptions().setHasText(email)).click();
        assertThat(page.locator("a[href*='/activate?token=']")).isVisible();
        page.navigate(user);
    }

    private static void suspendsAndBringsBack(Page page) {
        press(page, "Suspend");
        assertThat(state(page)).hasText("Suspended");
        press(page, "Bring back");
        assertThat(state(page)).hasText("Not registered");
    }

    private static void deletesAndRestores(Page page) {
        page.click("text=Delete…");
        assertThat(page.locator("h1")).hasText("Delete Matti Meri?");
        press(page, "Delete");
        assertThat(page.locator(".rows tbody tr")).containsText("bss-7041");
        page.locator("button", new Page.LocatorOptions().setHasText("Restore")).click();
        assertThat(notice(page)).containsText("The subscriber is back");
        assertThat(page.locator("h1")).hasText("Matti Meri");
    }

    private void erases(Page page, String user) {
        page.click("text=Erase…");
        page.fill("#word", "ERASE");
        press(page, "Erase for good");
        assertThat(page.locator("h1")).hasText("Erased");
        assertThat(page.locator(".facts")).containsText(user);
        assertThat(bss.get("/users/" + user).status()).isEqualTo(404);
    }

    private void revokesAKey(Page page) {
        page.click("text=API keys");
        page.locator("a", new Page.LocatorOptions().setHasText("Revoke")).click();
        press(page, "Revoke");
        assertThat(notice(page)).containsText("The key is revoked");
        assertThat(page.locator(".rows .tag")).hasText("Revoked");
        assertThat(bss.get("/users").status()).isEqualTo(401);
    }

    /// As Chromium asks for it, with nothing in its cache.
    @Test
    void whatAnAgentSeesFirstIsLightAndComesFromThisServerAlone() {
        for (int number = 0; number < 25; number++) {
            bss.createUser("'name':'Matti Virta " + number + "','contact_details':{'email':'matti-" + number
                    + "@example.com'}");
        }
        for (var url : List.of(server.url() + "/console/sign-in", base + "/users")) {
            try (var window = chromium.window(1280)) {
                ConsoleSessions.open(window, ConsoleSessions.of(server, Role.AGENT, tenant));
                List<Request> requests = new ArrayList<>();
                var page = window.newPage();
                page.onRequestFinished(requests::add);
                page.navigate(url);
                page.waitForLoadState(LoadState.NETWORKIDLE);
                long bytes = 0;
                for (var request : requests) {
                    assertThat(request.url()).startsWith(server.url() + "/");
                    bytes += request.sizes().responseHeadersSize + request.sizes().responseBodySize;
                }
                assertThat(bytes).as(url).isBetween(10_000L, BUDGET);
            }
        }
    }
}
