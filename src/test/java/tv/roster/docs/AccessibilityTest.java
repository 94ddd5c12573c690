package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;
import tv.roster.testing.NodeTools;

/// The pages by the rules of axe (WCAG 2.2 A and AA), in the light and in the dark, wide and narrow.
class AccessibilityTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String CHECK = """
            async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))
                .violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.target.join(' ') + ' '
                    + (node.any[0]?.message ?? '')))""";

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
    }

    private List<String> pages() {
        var user = bss.createUser(
                        "'name':'Anna Virtanen','contact_details':{'email':'anna-" + tenant + "@example.com'}")
                .id();
        var link = bss.post(
                        "/users/" + user + "/activation_links",
                        "{'data':{'type':'ActivationLink','attributes':{'delivery':'none'}}}")
                .textAt("/data/attributes/url");
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
                SERVER.outboxLink(),
                link);
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
                    // By the protocol of the browser, which the policy of the page does not bind.
                    page.evaluate(axe);
                    assertThat((List<?>) page.evaluate(CHECK))
                            .as("%s at %d in %s", url, width, scheme)
                            .isEmpty();
                }
            }
        }
    }
}
