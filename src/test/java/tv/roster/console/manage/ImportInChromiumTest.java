package tv.roster.console.manage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.console.ConsoleSessions;
import tv.roster.testing.Chromium;

/// An import as a manager sees it, whose page shows the progress by itself.
class ImportInChromiumTest {
    private static final double PATIENCE = 60_000;

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final String base = server.url() + "/console/t/t-" + tenant;

    @Test
    void thePageOfAnImportShowsItsProgressByItself() {
        var faults = new ArrayList<String>();
        try (var chromium = new Chromium();
                var window = chromium.window(1280, ColorScheme.LIGHT)) {
            ConsoleSessions.open(window, ConsoleSessions.of(server, Role.MANAGER, tenant));
            var page = window.newPage();
            page.onConsoleMessage(message -> faults.add(message.text()));
            page.navigate(base + "/imports");
            page.setInputFiles("#file", file());
            page.click("text=Send the file");
            assertThat(page.locator("h1")).hasText("Dry run of an import");
            assertThat(page.locator("#state .tag"))
                    .hasText("Completed", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
            assertThat(page.locator("[hx-get]")).hasCount(0);
            assertThat(page.locator("#rejected")).isVisible();
            shot(page, "import", 1280);
            page.click("text=Run it for real");
            assertThat(page.locator("[name=dry_run]")).not().isChecked();
            shot(page, "imports", 1280);
        }
        org.assertj.core.api.Assertions.assertThat(faults).isEmpty();
    }

    @Test
    void nothingIsWiderThanATelephone() {
        server.newKey(tenant, "users:read", "users:write")
                .createUser("'name':'Anna','external_id':'a-rather-long-external-id-of-a-billing-system'");
        try (var chromium = new Chromium();
                var window = chromium.window(360, ColorScheme.DARK)) {
            ConsoleSessions.open(window, ConsoleSessions.of(server, Role.MANAGER, tenant));
            var page = window.newPage();
            for (var path : List.of("deleted_users", "imports", "exports", "webhooks", "new_webhook")) {
                page.navigate(base + "/" + path);
                shot(page, path, 360);
                org.assertj.core.api.Assertions.assertThat(
                                page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(path)
                        .isEqualTo(true);
            }
        }
    }

    private static FilePayload file() {
        var rows = IntStream.range(0, 5_000)
                .mapToObj(row -> "row-" + row + "," + (row % 1_000 == 0 ? "nonsense" : ""))
                .collect(Collectors.joining("\n", "external_id,email\n", "\n"));
        return new FilePayload("users.csv", "text/csv", rows.getBytes(StandardCharsets.UTF_8));
    }

    private static void shot(Page page, String name, int width) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/manage-" + name + "-" + width + ".png")));
    }
}
