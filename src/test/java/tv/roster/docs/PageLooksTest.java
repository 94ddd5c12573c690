package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.activation.Visitor;
import tv.roster.testing.ApiClient;

class PageLooksTest {
    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
    private final Visitor browser = new Visitor(server);
    private final String user =
            bss.createUser("'contact_details':{'email':'anna@example.com'}").id();

    private String link() {
        var made = bss.post(
                "/users/" + user + "/activation_links",
                "{'data':{'type':'ActivationLink','attributes':{'delivery':'none'}}}");
        return made.textAt("/data/attributes/url");
    }

    @Test
    void pagesLoadNothingTellNobodyAndAreKeptNowhere() {
        var page = browser.open(link());
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'; img-src 'self'");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Set-Cookie")).isNull();
        assertThat(page.text()).doesNotContain("<script", "style=", "http://", "https://");
    }

    @Test
    void pagesHaveTheMarkAsTheirIcon() {
        assertThat(browser.open(link()).text()).contains("<link rel=\"icon\" href=\"pages/icon.svg\">");
        assertThat(browser.open(server.url() + "/forgot/t-" + tenant).text())
                .contains("<link rel=\"icon\" href=\"../pages/icon.svg\">");
        assertThat(browser.openOutbox("").text()).contains("<link rel=\"icon\" href=\"/pages/icon.svg\">");
    }

    @Test
    void markupInATenantsNameOrAnAddressStaysText() {
        server.execute("update tenant set name = ? where id = ?", "<b>&\"TV\"</b>", tenant);
        var page = browser.open(link());
        assertThat(page.text()).contains("&lt;b&gt;&amp;").doesNotContain("<b>");
        var forgot = browser.send("/forgot/t-" + tenant, Map.of("email", "\"><script>x"));
        assertThat(forgot.text()).doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource({
        "fi, Aktivoi tilisi",
        "sv-FI, Aktivera ditt konto",
        "de, Konto aktivieren",
        "es-MX, Active su cuenta",
        "ja, Activate your account"
    })
    void thePageSpeaksTheBrowsersLanguage(String language, String title) {
        var page = browser.open(link(), "Accept-Language", language);
        assertThat(page.text()).contains("<h1>" + title);
    }

    @Test
    void theTenantDecidesWhichLanguagesThereAre() {
        server.execute("""
                update tenant set settings = '{"languages": ["sv", "fi"], "default_language": "fi"}' where id = ?""", tenant);
        var link = link();
        assertThat(browser.open(link, "Accept-Language", "de").text()).contains("lang=\"fi\"");
        assertThat(browser.open(link, "Accept-Language", "sv").text())
                .contains("Aktivera")
                .doesNotContain("Deutsch");
        assertThat(browser.open(link + "&lang=sv", "Accept-Language", "fi").text())
                .contains("Aktivera");
    }

    @Test
    void whatIsNoFormIsRefusedWithAPageForBrowsers() {
        var refused = new ApiClient(server.url(), null).post("/activate", "{}", "Accept", "text/html,*/*;q=0.8");
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.header("Content-Type")).startsWith("text/html");
    }
}
