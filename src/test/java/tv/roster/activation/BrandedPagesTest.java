package tv.roster.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// What `continue_url`, `logo_url` and `brand_color` of a tenant do to the pages for its subscribers and to mails.
class BrandedPagesTest {
    private static final String PLAIN_POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                    + " img-src 'self'";
    private static final String PASSWORD = "three birds on a wire";

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final Visitor browser = new Visitor(server);
    private final String user =
            bss.createUser("'contact_details':{'email':'anna@example.com'}").id();

    private void set(String settings) {
        var changed = server.admin()
                .patch(
                        "/tenants/" + tenant,
                        "{'data':{'type':'Tenant','id':'%s','attributes':{'settings':{%s}}}}"
                                .formatted(tenant, settings));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private String link(String kind) {
        var type = kind.equals("activation") ? "ActivationLink" : "PasswordResetLink";
        return bss.post(
                        "/users/" + user + "/" + kind + "_links",
                        "{'data':{'type':'" + type + "','attributes':{'delivery':'none'}}}")
                .textAt("/data/attributes/url");
    }

    private static String policy(Response page) {
        return page.header("Content-Security-Policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"activation", "password_reset"})
    void theLastPageLeadsToTheService(String kind) {
        set("'continue_url':'https://tv.example/login?from=roster&x=1'");
        var done = browser.choose(link(kind), PASSWORD, PASSWORD);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text())
                .contains("<a class=\"button\" href=\"https://tv.example/login?from=roster&amp;x=1\">Continue to Test")
                .doesNotContain("close this page");
        assertThat(browser.send("/forgot/t-" + tenant, Map.of("email", "nobody@example.com"))
                        .text())
                .contains("Check your mailbox", ">Continue to Test</a>");
    }

    @Test
    void withoutASettingTheLastPageSaysThatItCanBeClosed() {
        var done = browser.choose(link("activation"), PASSWORD, PASSWORD);
        assertThat(done.text()).contains("You can close this page.").doesNotContain("Continue to");
    }

    @Test
    void aPageOnWhichSomethingIsToBeDoneLeadsNowhereElse() {
        set("'continue_url':'https://tv.example/'");
        var link = link("activation");
        assertThat(browser.open(link).text()).doesNotContain("tv.example");
        assertThat(browser.choose(link, "short", "short").text()).doesNotContain("tv.example");
    }

    @Test
    void theLogoIsTheOnlyThingThatComesFromElsewhere() {
        set("'logo_url':'https://static.tv.example:8443/logo.svg?v=2'");
        var link = link("activation");
        for (var page : List.of(browser.open(link), browser.choose(link, PASSWORD, PASSWORD), browser.open(link))) {
            assertThat(policy(page)).isEqualTo(PLAIN_POLICY + " https://static.tv.example:8443");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.text())
                    .contains("<img class=\"logo\" src=\"https://static.tv.example:8443/logo.svg?v=2\" alt=\"Test\""
                            + " referrerpolicy=\"no-referrer\">")
                    .doesNotContain("class=\"sign\"");
        }
        set("'logo_url':null");
        assertThat(policy(browser.open(link("password_reset")))).isEqualTo(PLAIN_POLICY);
    }

    @Test
    void theColourHasAStylesheetOfItsOwn() {
        set("'brand_color':'#FFE600'");
        var page = browser.open(link("activation"));
        assertThat(policy(page)).isEqualTo(PLAIN_POLICY);
        assertThat(page.text()).contains("href=\"pages/colors/ffe600.css\">").doesNotContain("style=");
        var css = browser.open(server.url() + "/pages/colors/ffe600.css");
        assertThat(css.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
        assertThat(css.header("Cache-Control")).isEqualTo("public, max-age=86400");
        assertThat(css.text()).contains("background: #ffe600; color: #000000;");
        assertThat(browser.open(server.url() + "/pages/colors/0B2545.css").text())
                .contains("background: #0b2545; color: #ffffff;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffe600", "ffe60.css", "red.css", "%23ffe600.css", "ffe600%3B%7D.css", ".css"})
    void whatIsNoColourHasNoStylesheet(String file) {
        assertThat(browser.open(server.url() + "/pages/colors/" + file).status())
                .isEqualTo(404);
    }

    @Test
    void mailsHaveTheColourAndNoLogo() {
        set("'brand_color':'#ffe600','logo_url':'https://static.tv.example/logo.svg'");
        bss.post("/users/" + user + "/activation_links", null);
        var id = server.value("select id from mail where user_id = ?", UUID.fromString(user));
        assertThat(browser.openOutbox("/" + id).text())
                .contains("background:#ffe600;", "color:#000000;")
                .doesNotContain("<img", "static.tv.example", "#0b5c63");
    }

    @Test
    void aLinkThatIsNoLongerValidStillBelongsToItsTenant() {
        set("'continue_url':'https://tv.example/','brand_color':'#ffe600'");
        var link = link("activation");
        var cut = browser.open(link.substring(0, link.length() - 30));
        var extended = browser.open(link + ".");
        browser.choose(link, PASSWORD, PASSWORD);
        var used = browser.open(link);
        for (var page : List.of(cut, extended, used)) {
            assertThat(page.status()).isEqualTo(410);
            assertThat(page.text())
                    .contains(
                            "ffe600.css", "href=\"forgot/t-" + tenant, "href=\"https://tv.example/\">Continue to Test");
        }
    }

    @Test
    void aLinkOfNobodySaysWhomToAsk() {
        for (var token : List.of("unknown", "A".repeat(64), "A".repeat(24), "*".repeat(64))) {
            var page = browser.open(server.url() + "/activate?token=" + token);
            assertThat(page.status()).isEqualTo(410);
            assertThat(page.text()).contains("ask the service that sent it").doesNotContain("forgot/");
        }
    }
}
