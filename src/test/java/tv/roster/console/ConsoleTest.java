package tv.roster.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.testing.Chromium;

class ConsoleTest {
    @Test
    void looks() throws Exception {
        var server = TestServer.shared();
        UUID tenant = server.addTenant("VIP");
        var bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
        for (int i = 0; i < 30; i++) {
            bss.createUser("'name':'Anna Virtanen " + i + "','external_id':'c" + i
                    + "','contact_details':{'email':'anna" + i + "@example.com','telephone_number_E123':'+358 40 123 45"
                    + (10 + i) + "'}");
        }
        var id = bss.createUser(
                        "'name':'Matti Mattila','contact_details':{'email':'matti@example.com'},'user_flags':['VIP']")
                .id();
        bss.patchUser(id, "'name':'Matti M. Mattila'");
        bss.patchUser(id, "'user_flags':['LOGIN_RESTRICTED','VIP']");
        var session = ConsoleSessions.of(server, Role.ADMINISTRATOR, null);
        try (var chromium = new Chromium()) {
            for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (int width : new int[] {360, 1280}) {
                    try (var window = chromium.window(width, scheme)) {
                        ConsoleSessions.open(window, session);
                        var page = window.newPage();
                        page.onConsoleMessage(m -> System.out.println("CONSOLE " + m.text()));
                        page.navigate(server.url() + "/console/t/t-" + tenant + "/users");
                        shot(page, "search", width, scheme);
                        page.fill("#q", "virta");
                        page.waitForTimeout(600);
                        shot(page, "results", width, scheme);
                        page.navigate(server.url() + "/console/t/t-" + tenant + "/users/" + id);
                        shot(page, "user", width, scheme);
                        page.navigate(server.url() + "/console/t/t-" + tenant + "/users/" + id + "/edit");
                        shot(page, "edit", width, scheme);
                    }
                }
            }
        }
    }

    private static void shot(Page page, String name, int width, ColorScheme scheme) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/console-" + name + "-" + width + "-" + scheme + ".png")));
    }
}
