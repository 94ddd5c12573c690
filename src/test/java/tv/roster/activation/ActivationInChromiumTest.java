package tv.roster.activation;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// The subscriber's road in a real browser. Its pictures are in `target/screenshots`.
@EnabledIf("hasChromium")
class ActivationInChromiumTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String PASSWORD = "three birds on a wire";
    private static Playwright playwright;
    private static Browser browser;

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
    private final String email = "anna-" + tenant + "@example.com";
    private final List<String> strangers = new ArrayList<>();

    /// `.ci/prepare` installs it; elsewhere the test is left out.
    static boolean hasChromium() {
        return Files.isExecutable(CHROMIUM);
    }

    @BeforeAll
    static void launch() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    @AfterAll
    static void quit() {
        browser.close();
        playwright.close();
    }

    private Page page(int width, int height, String language, ColorScheme scheme) {
        var context = browser.newContext(new NewContextOptions()
                .setViewportSize(width, height)
                .setLocale(language)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(false));
        var page = context.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(server.url())) {
                strangers.add(request.url());
            }
        });
        return page;
    }

    /// Ask for something of the page first: a picture taken while the browser goes to the next page may never come.
    private static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + page.viewportSize().width + ".png"))
                .setFullPage(true));
    }

    private String invite(String name) {
        server.execute("update tenant set name = ? where id = ?", name, tenant);
        var user = bss.createUser("'contact_details':{'email':'" + email + "'}").id();
        assertThat(bss.post("/users/" + user + "/activation_links", null).status())
                .isEqualTo(201);
        return user;
    }

    private String result() {
        return bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':{'email':'%s','password':'%s'}}}"
                                .formatted(email, PASSWORD))
                .textAt("/data/attributes/result");
    }

    private void choose(Page page, String password, String repeated) {
        page.locator("#password").fill(password);
        page.locator("#repeated").fill(repeated);
        page.locator("button").click();
    }

    @ParameterizedTest
    @CsvSource({"360, 740, en-GB, LIGHT", "1280, 800, fi-FI, LIGHT", "1920, 1080, de-DE, DARK"})
    void fromTheMailInTheOutboxToTheFirstLogin(int width, int height, String language, ColorScheme scheme) {
        invite("Northern Lights TV");
        assertThat(result()).isEqualTo("wrong_credentials");

        var page = page(width, height, language, scheme);
        page.navigate(server.outboxLink());
        picture(page, "outbox");
        page.locator("a", new Page.LocatorOptions().setHasText(email)).click();
        assertThat(page.locator("a[href*='/activate?token=']")).isVisible();
        picture(page, "mail");
        page.locator("a[href*='/activate?token=']").click();
        assertThat(page.locator("#account")).hasValue(email);
        assertThat(page.locator("html")).hasAttribute("lang", language.substring(0, 2));
        var link = page.url();
        picture(page, "activate");

        choose(page, "password", "password");
        assertThat(page.locator("[role=alert]")).isFocused();
        picture(page, "activate-common");
        choose(page, PASSWORD, PASSWORD + "s");
        assertThat(page.locator("#repeated")).hasAttribute("aria-invalid", "true");
        picture(page, "activate-differ");
        assertThat(result()).isEqualTo("wrong_credentials");

        choose(page, PASSWORD, PASSWORD);
        assertThat(page.locator(".mark.good")).isVisible();
        picture(page, "activated");
        assertThat(result()).isEqualTo("accepted");

        assertThat(page.navigate(link).status()).isEqualTo(410);
        picture(page, "gone");
        page.locator("a.button").click();
        assertThat(page.locator("#email")).isVisible();
        picture(page, "forgot");
        page.locator("#email").fill("nobody@example.com");
        page.keyboard().press("Enter");
        assertThat(page.locator(".mark.good")).isVisible();
        picture(page, "forgot-sent");
        assertThat(strangers).isEmpty();
        page.context().close();
    }

    @Test
    void aRemoteControlReachesEverythingByTab() {
        invite("Ä");
        var page = page(1920, 1080, "en-GB", ColorScheme.LIGHT);
        page.navigate(server.outboxLink());
        page.locator("a", new Page.LocatorOptions().setHasText(email)).click();
        page.locator("a[href*='/activate?token=']").click();
        assertThat(page.locator("#account")).hasValue(email);
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(page.locator("#password")).isFocused();
        page.keyboard().type(PASSWORD);
        page.keyboard().press("Tab");
        page.keyboard().type(PASSWORD);
        page.keyboard().press("Tab");
        assertThat(page.locator("button")).isFocused();
        picture(page, "activate-focus");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("html")).hasAttribute("lang", "fi");
        picture(page, "activate-language");
        page.context().close();
    }

    @Test
    void aLongNameAndTheLongestTextsFitOnTheSmallestPhone() {
        invite("Kabelfernsehgenossenschaft Obersimmental-Niederösterreich");
        for (var language : List.of("en", "fi", "sv", "de", "es")) {
            var page = page(320, 640, language, ColorScheme.DARK);
            page.navigate(server.url() + "/forgot/t-" + tenant);
            assertThat(page.locator("html")).hasAttribute("lang", language);
            picture(page, "forgot-" + language);
            page.navigate(server.outboxLink());
            page.locator("a", new Page.LocatorOptions().setHasText(email)).click();
            page.locator("a[href*='/activate?token=']").click();
            assertThat(page.locator("#account")).hasValue(email);
            picture(page, "activate-" + language);
            page.context().close();
        }
    }
}
