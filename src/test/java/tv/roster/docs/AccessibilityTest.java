package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.console.ConsolePages;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;
import tv.roster.testing.NodeTools;

/// The pages by the rules of axe (WCAG 2.2 A and AA), in the light and in the dark, wide and narrow.
class AccessibilityTest {
    private static final TestServer SERVER =
            new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    private static final String CHECK = """
            async (rules) => (await axe.run({runOnly: rules}))
                .violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.target.join(' ') + ' '
                    + (node.any[0]?.message ?? '')))""";

    private static final List<String> ALL =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /// What depends on colours and widths.
    private static final List<String> OF_LOOKS =
            List.of("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size");

    private static Chromium chromium;
    private static String axe;

    private final UUID tenant = SERVER.addTenant();
    private final ApiClient bss = SERVER.newKey(tenant, "users:read", "users:write");

    @BeforeAll
    static void open() throws IOException {
        chromium = new Chromium();
        axe = Files.readString(NodeTools.modules().resolve("axe-core/axe.min.js"));
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
        SERVER.close();
    }

    private String link() {
        var user = bss.createUser(
                        "'name':'Anna Virtanen','contact_details':{'email':'anna-" + tenant + "@example.com'}")
                .id();
        return bss.post(
                        "/users/" + user + "/activation_links",
                        "{'data':{'type':'ActivationLink','attributes':{'delivery':'none'}}}")
                .textAt("/data/attributes/url");
    }

    private List<String> pages() {
        return List.of(
                SERVER.url() + "/",
                SERVER.url() + "/docs",
                SERVER.url() + "/guides",
                SERVER.url() + "/guides/use-cases",
                SERVER.url() + "/guides/activation",
                SERVER.url() + "/guides/privacy",
                SERVER.url() + "/errors",
                SERVER.url() + "/errors/email_taken",
                SERVER.url() + "/nothing",
                SERVER.url() + "/activate?token=unknown",
                SERVER.url() + "/forgot/t-" + tenant,
                SERVER.url() + "/outbox",
                SERVER.outboxLink(),
                link());
    }

    private void check(Page page, String what) {
        // By the protocol of the browser, which the policy of the page does not bind.
        page.evaluate(axe);
        assertThat(violations(page, ALL)).as(what).isEmpty();
    }

    private static List<?> violations(Page page, List<String> rules) {
        return (List<?>) page.evaluate(CHECK, rules);
    }

    /// Whatever colour an operator has: white, black, a pale one, a dark one, and one in the middle.
    @ParameterizedTest
    @ValueSource(strings = {"#ffffff", "#000000", "#ffe600", "#0b2545", "#7f7f7f"})
    void aPageInAnOperatorsColoursDoesNotEither(String color) {
        SERVER.admin()
                .patch(
                        "/tenants/" + tenant,
                        "{'data':{'type':'Tenant','id':'%s','attributes':{'settings':{'brand_color':'%s','logo_url':'%s','continue_url':'https://tv.example/'}}}}"
                                .formatted(tenant, color, SERVER.url() + "/pages/icon.svg"));
        var link = link();
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (var window = chromium.window(360, scheme)) {
                var page = window.newPage();
                page.navigate(link);
                assertThat(page.evaluate("document.querySelector('.logo').naturalWidth"))
                        .isNotEqualTo(0);
                check(page, color + " with a form in " + scheme);
                page.navigate(link.substring(0, link.length() - 10));
                check(page, color + " without a form in " + scheme);
                page.navigate(SERVER.url() + "/forgot/t-" + tenant);
                page.fill("#email", "nobody@example.com");
                page.click("button");
                page.waitForSelector("a.button");
                check(page, color + " at the end in " + scheme);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(
                                "target", "screenshots", "brand-" + color.substring(1) + "-" + scheme + ".png")));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void nothingViolatesTheRules(ColorScheme scheme) {
        var pages = pages();
        for (int width : new int[] {360, 1280}) {
            try (var window = chromium.window(width, scheme)) {
                var page = window.newPage();
                for (var url : pages) {
                    page.navigate(url);
                    if (url.endsWith("/docs")) {
                        page.locator("#operations-Users-GetAllUsers").waitFor();
                    }
                    check(page, "%s at %d in %s".formatted(url, width, scheme));
                }
            }
        }
    }

    /// Wide in the light and narrow in the dark.
    @Test
    void noPageOfTheConsoleDoesOrIsWiderThanAPhone() {
        var console = new ConsolePages(SERVER);
        var seen = new ArrayList<String>();
        var faults = new ArrayList<String>();
        try (var window = chromium.window(1280, ColorScheme.LIGHT)) {
            var page = window.newPage();
            for (var look : console.looks()) {
                look.open(page);
                seen.add(URI.create(page.url()).getPath());
                page.evaluate(axe);
                violations(page, ALL).forEach(fault -> faults.add(look.name() + " in the light: " + fault));
                page.setViewportSize(360, 800);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                violations(page, OF_LOOKS).forEach(fault -> faults.add(look.name() + " in the dark: " + fault));
                if ((Integer) page.evaluate("document.documentElement.scrollWidth") > 360) {
                    faults.add(look.name() + " is wider than a phone");
                }
                page.setViewportSize(1280, 800);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(console.besides(seen)).as("pages that were not looked at").isEmpty();
    }
}
