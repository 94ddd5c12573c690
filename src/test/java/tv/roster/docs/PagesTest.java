package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.Chromium;

/// The pages in a real browser, which may speak to this server alone.
class PagesTest {
    private static final String URL = TestServer.shared().url();
    private static final List<String> PAGES =
            List.of("/", "/guides", "/guides/use-cases", "/guides/migration", "/errors", "/errors/email_taken");

    private static Chromium chromium;

    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private Page watched(BrowserContext window) {
        var page = window.newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private void assertQuietAndAlone() {
        assertThat(requests).isNotEmpty().allMatch(url -> url.startsWith(URL + "/") || url.startsWith("data:"));
        assertThat(complaints).isEmpty();
    }

    private static void keepPicture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "pictures", name + ".png")));
    }

    @Test
    void everyPageFitsAPhoneAndADeskAndAsksNobodyElse() {
        for (int width : List.of(360, 1280)) {
            try (var window = chromium.window(width)) {
                var page = watched(window);
                for (var path : PAGES) {
                    assertThat(page.navigate(URL + path).status()).as(path).isEqualTo(200);
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                            .as("%s is as wide as the window of %d px", path, width)
                            .isLessThanOrEqualTo(width);
                    assertThat(page.locator("h1").count()).as(path).isEqualTo(1);
                    keepPicture(page, "page" + path.replace('/', '-') + "-" + width);
                }
            }
        }
        assertQuietAndAlone();
    }

    @Test
    void everyLinkOfAPageLeadsSomewhere() {
        try (var window = chromium.window(1280)) {
            var page = watched(window);
            for (var path : PAGES) {
                page.navigate(URL + path);
                var links = page.locator("main a[href]").all().stream()
                        .map(link -> link.evaluate("link => link.href").toString())
                        .filter(link -> link.startsWith(URL))
                        // The outbox asks for its key, the console for an agent.
                        .filter(link -> !link.endsWith("/outbox") && !link.endsWith("/console"))
                        .distinct()
                        .toList();
                for (var link : links) {
                    assertThat(window.request().get(link).status())
                            .as(path + " leads to " + link)
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void theStartPageLeadsToTheConsoleAndTheOutbox() {
        try (var window = chromium.window(1280)) {
            var page = watched(window);
            page.navigate(URL + "/");
            page.click("main a[href='/console']");
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Sign in");
            page.goBack();
            page.click("main a[href='/outbox']");
            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Outbox");
            var link = TestServer.shared().outboxLink();
            page.fill("#key", link.substring(link.indexOf('=') + 1));
            page.click("main button");
            PlaywrightAssertions.assertThat(page.locator(".lead")).containsText("mails to subscribers are kept here");
        }
        assertThat(requests).allMatch(url -> url.startsWith(URL + "/"));
    }

    @Test
    void aCallIsTriedInTheBrowserWithAKeyThatItKeepsNowhere() {
        var bss = TestServer.shared().newTenant();
        bss.createUser("'name':'Anna Virtanen'");
        try (var window = chromium.window(1280)) {
            var page = watched(window);
            page.navigate(URL + "/docs");
            page.locator("#operations-Users-GetAllUsers").waitFor();
            keepPicture(page, "docs-1280");
            page.locator(".auth-wrapper button.authorize").first().click();
            page.locator("#api_key_value, .auth-container input").first().fill(bss.key());
            page.locator(".auth-btn-wrapper button.authorize").click();
            page.locator(".auth-btn-wrapper button.btn-done").click();
            var call = page.locator("#operations-Users-GetAllUsers");
            call.locator(".opblock-summary-control").click();
            call.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try it out"))
                    .click();
            call.locator("button.execute").click();
            var answer = call.locator(".live-responses-table .response");
            PlaywrightAssertions.assertThat(
                            answer.locator(".response-col_status").first())
                    .containsText("200");
            PlaywrightAssertions.assertThat(answer).containsText("Anna Virtanen");
            keepPicture(page, "docs-tried-1280");
            assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
                    .isEqualTo("[{},{}]");
            // A former version kept it.
            page.evaluate("localStorage.setItem('authorized', '{}')");
            page.reload();
            page.locator("#operations-Users-GetAllUsers").waitFor();
            assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
        }
        assertQuietAndAlone();
    }

    @Test
    void docsFitAPhone() {
        try (var window = chromium.window(360)) {
            var page = watched(window);
            page.navigate(URL + "/docs");
            page.locator("#operations-Users-GetAllUsers").waitFor();
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            keepPicture(page, "docs-360");
        }
        assertQuietAndAlone();
    }
}
