package tv.roster.console.manage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.console.ConsoleSessions;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;
import tv.roster.testing.RunFolder;

/// An import as a manager sees it, whose page shows the progress by itself.
class ImportInChromiumTest {
    private static final double PATIENCE = 60_000;
    private static final int ROWS = 10_000;

    /// Which rows are rejected.
    private static final int EVERY = 1_000;

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read");
    private final String base = server.url() + "/console/t/t-" + tenant;

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    @Test
    void aFileIsDroppedTriedAndThenImportedWhileItsPageShowsTheProgress() throws IOException {
        var faults = new ArrayList<String>();
        try (var chromium = new Chromium();
                var window = chromium.window(1280, ColorScheme.LIGHT)) {
            ConsoleSessions.open(window, ConsoleSessions.of(server, Role.MANAGER, tenant));
            var page = window.newPage();
            page.onConsoleMessage(message -> faults.add(message.text()));
            page.navigate(base + "/imports");
            var file = file();
            drop(page, ".drop", file);
            send(page, "Dry run of an import");
            assertThat(page.locator("[hx-get]")).hasCount(0);
            assertThat(page.locator("#rejected")).isVisible();
            assertThat(page.locator(".facts")).containsText("Would be created9,990");
            shot(page, "import");
            page.click("text=Run it for real");
            assertThat(page.locator("[name=dry_run]")).not().isChecked();
            // Beside the field it arrives there as well.
            drop(page, "h1", file);
            shot(page, "imports");
            send(page, "Import");
            assertThat(page.locator(".facts")).containsText("Created9,990");
        }
        assertThat(faults).isEmpty();
        assertThat(bss.allUserIds()).hasSize(ROWS - ROWS / EVERY);
    }

    private static void send(Page page, String title) {
        page.click("text=Send the file");
        assertThat(page.locator("h1")).hasText(title);
        assertThat(page.locator("#state .tag"))
                .hasText("Completed", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
    }

    /// Drags a file from elsewhere over an element and drops it there, which only the browser itself can do.
    private static void drop(Page page, String target, Path file) {
        page.locator(target).scrollIntoViewIfNeeded();
        var box = page.locator(target).boundingBox();
        var files = new JsonArray();
        files.add(file.toString());
        var data = new JsonObject();
        data.add("items", new JsonArray());
        data.add("files", files);
        data.addProperty("dragOperationsMask", 1);
        var protocol = page.context().newCDPSession(page);
        for (var type : List.of("dragEnter", "dragOver", "drop")) {
            var event = new JsonObject();
            event.addProperty("type", type);
            event.addProperty("x", box.x + box.width / 2);
            event.addProperty("y", box.y + box.height - 4);
            event.add("data", data);
            protocol.send("Input.dispatchDragEvent", event);
        }
        page.waitForCondition(() ->
                page.evaluate("document.getElementById('file').files.length").equals(1));
    }

    private Path file() throws IOException {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(row -> "row-" + row + "," + (row % EVERY == 0 ? "nonsense" : ""))
                .collect(Collectors.joining("\n", "external_id,email\n", "\n"));
        return Files.writeString(folder.resolve("users.csv").toAbsolutePath(), rows);
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/manage-" + name + "-1280.png")));
    }
}
