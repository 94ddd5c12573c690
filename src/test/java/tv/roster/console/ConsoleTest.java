package tv.roster.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.testing.Chromium;

/// An agent with a headset on, in a real browser. Its pictures are in `target/screenshots`.
class ConsoleTest {
    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant("VIP");

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", "console-" + name + ".png")));
    }

    @Test
    void aSubscriberIsFoundWhileTypingAndSuspendedByTheKeyboardAlone() {
        var bss = server.newKey(tenant, "users:read", "users:write");
        bss.createUser("'name':'Anna Virtanen','contact_details':{'email':'anna@example.com'}");
        var matti = bss.createUser("'name':'Matti Virta','user_flags':['VIP']").id();
        bss.patchUser(matti, "'name':'Matti M. Virta'");
        var session = ConsoleSessions.of(server, Role.AGENT, tenant);
        try (var chromium = new Chromium();
                var window = chromium.window(360, ColorScheme.DARK)) {
            ConsoleSessions.open(window, session);
            var page = window.newPage();
            List<String> foreign = new ArrayList<>();
            page.onRequest(request -> {
                if (!request.url().startsWith(server.url())) {
                    foreign.add(request.url());
                }
            });
            page.navigate(server.url() + "/console");
            page.keyboard().type("matti m");
            PlaywrightAssertions.assertThat(page.locator("a.result")).hasCount(1);
            picture(page, "results");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Matti M. Virta");
            PlaywrightAssertions.assertThat(page.locator(".timeline").last())
                    .containsText("Name changed from “Matti Virta” to “Matti M. Virta”");
            picture(page, "subscriber");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Suspend").setExact(true))
                    .press("Enter");
            PlaywrightAssertions.assertThat(page.locator(".message")).containsText("can no longer log in");
            assertThat(bss.get("/users/" + matti).at("/data/attributes/user_flags"))
                    .hasSize(2);
            assertThat(foreign).isEmpty();
        }
    }
}
