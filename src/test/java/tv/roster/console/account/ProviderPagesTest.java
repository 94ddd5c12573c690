package tv.roster.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.Chromium;
import tv.roster.testing.FixedClock;
import tv.roster.testing.OpenIdProviderAlone;
import tv.roster.testing.Response;
import tv.roster.testing.Wanderer;

/// Signing in at the operator's own OpenID Connect provider, a real one.
class ProviderPagesTest {
    private static final String BEGIN = "/console/sign-in/provider";
    private static final String BACK = "/console/sign-in/provider/callback";
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+/interaction/[^\"]+)\"");
    private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"([a-z]+)\"");

    private static OpenIdProviderAlone provider;
    private static FixedClock clock;
    private static TestServer server;

    private final String person = UUID.randomUUID().toString();
    private final Wanderer browser = new Wanderer();

    @BeforeAll
    static void start() {
        provider = new OpenIdProviderAlone();
        clock = new FixedClock(Instant.now());
        server = new TestServer(provider.settings(Map.of()), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    private String email() {
        return person + "@north-tv.example";
    }

    /// An account at the provider, with this claim besides name and address.
    private void account(String claim) {
        provider.account(
                person,
                "'name':'Olga Berg','email':'" + email() + "','email_verified':true"
                        + (claim.isEmpty() ? "" : "," + claim));
    }

    private Response signIn(TestServer at) {
        return signIn(browser, person, at);
    }

    private static Response signIn(Wanderer browser, String person, TestServer at) {
        leadBack(browser, person, at);
        return browser.open(browser.place().toString());
    }

    private void leadBack(TestServer at) {
        leadBack(browser, person, at);
    }

    /// Signs in at the provider, until it leads back.
    private static void leadBack(Wanderer browser, String person, TestServer at) {
        var page = browser.openUntil(at.url() + BEGIN, place -> place.getPath().equals(BACK));
        while (page.status() == 200) {
            var form = FORM.matcher(page.text());
            var prompt = PROMPT.matcher(page.text());
            assertThat(form.find() && prompt.find()).as(page.text()).isTrue();
            page = browser.send(
                    form.group(1),
                    Map.of("prompt", prompt.group(1), "login", person, "password", "any"),
                    place -> place.getPath().equals(BACK));
        }
        assertThat(browser.place().getPath()).as(page.text()).isEqualTo(BACK);
    }

    private Response agent() {
        return server.admin().get("/agents?filter[email]=" + email());
    }

    private boolean isSignedIn() {
        return browser.cookie("__Host-roster-session") != null;
    }

    @Test
    void whoHasARoleAtTheProviderComesInWithIt() {
        account("'roster_role':['uma_authorization','roster-agent','roster-viewer']");
        var page = signIn(server);

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(browser.place().getPath()).isEqualTo("/console/tenants");
        var agent = agent();
        assertThat(agent.textAt("/data/0/attributes/role")).isEqualTo("AGENT");
        assertThat(agent.textAt("/data/0/attributes/name")).isEqualTo("Olga Berg");
        assertThat(agent.textAt("/data/0/attributes/status")).isEqualTo("ACTIVE");
        assertThat(server.admin()
                        .get("/events?filter[kind]=agent.signed_in&filter[agent]=" + agent.textAt("/data/0/id"))
                        .textAt("/data/0/attributes/after/second_factor"))
                .isEqualTo("provider");
    }

    @Test
    void aRoleThatHasChangedAtTheProviderEndsTheSessionsOfTheFormerOne() {
        account("'roster_role':'MANAGER'");
        signIn(server);
        var former = browser.cookie("__Host-roster-session");
        account("'roster_role':'VIEWER','realm_access':{'roles':['ADMINISTRATOR']}");
        var page = signIn(server);

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(browser.cookie("__Host-roster-session")).isNotEqualTo(former);
        assertThat(agent().textAt("/data/0/attributes/role")).isEqualTo("VIEWER");
        assertThat(agent().at("/data").size()).isEqualTo(1);
        assertThat(server.value(
                        "select count(*) from agent_session where agent_id = ?::uuid", agent().textAt("/data/0/id")))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                        | 403 | no role
            'roster_role':'customer'  | 403 | no role
            'roster_role':7           | 403 | no role
            """, quoteCharacter = '`')
    void whoHasNoRoleDoesNotComeIn(String claim, int status, String text) {
        account(claim.equals("''") ? "" : claim);
        var page = signIn(server);

        assertThat(page.status()).isEqualTo(status);
        assertThat(page.text()).contains(text);
        assertThat(isSignedIn()).isFalse();
        assertThat(agent().at("/data").size()).isZero();
    }

    @Test
    void whoHasNoUsableAddressDoesNotComeIn() {
        provider.account(person, "'name':'Olga Berg','roster_role':'AGENT'");
        assertThat(signIn(server).text()).contains("no e-mail address");
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void theAgentWithTheAddressIsTakenOverOnlyIfItIsVerified() {
        server.admin()
                .post(
                        "/agents",
                        "{'data':{'type':'Agent','attributes':{'email':'" + email()
                                + "','name':'Olga Berg','role':'VIEWER'}}}");
        provider.account(person, "'email':'" + email() + "','roster_role':'ADMINISTRATOR'");
        var refused = signIn(server);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("Another agent has your e-mail address");
        assertThat(agent().textAt("/data/0/attributes/role")).isEqualTo("VIEWER");

        account("'roster_role':'ADMINISTRATOR'");
        assertThat(signIn(server).status()).isEqualTo(200);
        assertThat(agent().textAt("/data/0/attributes/role")).isEqualTo("ADMINISTRATOR");
        assertThat(agent().at("/data").size()).isEqualTo(1);
    }

    @Test
    void aSecondAccountWithTheAddressOfAnAgentIsSomebodyElse() {
        account("'roster_role':'AGENT'");
        signIn(server);
        var another = UUID.randomUUID().toString();
        provider.account(another, "'email':'" + email() + "','email_verified':true,'roster_role':'ADMINISTRATOR'");

        assertThat(signIn(new Wanderer(), another, server).text()).contains("Another agent has your e-mail address");
        assertThat(agent().textAt("/data/0/attributes/role")).isEqualTo("AGENT");
    }

    @Test
    void aDisabledAgentStaysOutside() {
        account("'roster_role':'AGENT'");
        signIn(server);
        var id = agent().textAt("/data/0/id");
        var disabled = server.admin()
                .patch(
                        "/agents/" + id,
                        "{'data':{'type':'Agent','id':'" + id + "','attributes':{'status':'DISABLED'}}}");
        assertThat(disabled.status()).as(disabled.text()).isEqualTo(200);
        var page = signIn(server);
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("disabled");
    }

    @Test
    void aResponseIsGoodOnceAndOnlyInTheBrowserThatHasBegun() {
        account("'roster_role':'AGENT'");
        leadBack(server);
        var back = browser.place().toString();
        assertThat(new Wanderer().open(back).status()).isEqualTo(401);
        assertThat(browser.open(back).status()).isEqualTo(200);
        assertThat(isSignedIn()).isTrue();

        var replay = new Wanderer();
        replay.keep("__Host-roster-provider=" + browser.cookie("__Host-roster-provider"));
        assertThat(replay.open(back).status()).isEqualTo(401);
        assertThat(replay.cookie("__Host-roster-session")).isNull();
    }

    @Test
    void aCodeOfAnotherSignInIsRefused() {
        account("'roster_role':'AGENT'");
        leadBack(server);
        var stolen = browser.place().getQuery().replaceAll("&?(state|iss)=[^&]*", "");
        var own = new Wanderer();
        var begun =
                own.openUntil(server.url() + BEGIN, place -> !place.toString().startsWith(server.url()));
        var state = begun.header("Location").replaceAll(".*[?&]state=([^&]*).*", "$1");
        var page = own.open(server.url() + BACK + "?" + stolen + "&state=" + state + "&iss=" + provider.issuer());
        assertThat(page.status()).isEqualTo(401);
        assertThat(own.cookie("__Host-roster-session")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "error=access_denied&state=STATE&iss=ISSUER, 401",
        "error=access_denied&state=another&iss=ISSUER, 401",
        "code=guessed&state=STATE&iss=https://another.example, 401",
        "code=guessed&state=STATE, 401",
        "code=guessed&state=STATE&iss=ISSUER, 401",
        "code=guessed&iss=ISSUER, 401",
        "'', 401"
    })
    void whatTheProviderHasNotSaidOpensNothing(String query, int status) {
        var begun = browser.openUntil(
                server.url() + BEGIN, place -> !place.toString().startsWith(server.url()));
        var state = begun.header("Location").replaceAll(".*[?&]state=([^&]*).*", "$1");
        var page = browser.open(
                server.url() + BACK + "?" + query.replace("STATE", state).replace("ISSUER", provider.issuer()));
        assertThat(page.status()).as(page.text()).isEqualTo(status);
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void aSignInThatTookTooLongBeginsAgain() {
        account("'roster_role':'AGENT'");
        leadBack(server);
        clock.advance(Duration.ofMinutes(16));
        assertThat(browser.open(browser.place().toString()).status()).isEqualTo(401);
    }

    @Test
    void agentsOfATenantComeFromAClaimIfItIsDemanded() {
        var settings =
                Map.of("ROSTER_OIDC_ROLE_CLAIM", "realm_access.roles", "ROSTER_OIDC_TENANT_CLAIM", "roster_tenant");
        try (var strict = new TestServer(provider.settings(settings), clock, server.database())) {
            var tenant = strict.addTenant();
            account("'realm_access':{'roles':['roster-manager']}");
            assertThat(signIn(strict).text()).contains("names no tenant");
            account("'realm_access':{'roles':['roster-manager']},'roster_tenant':'no-such'");
            assertThat(signIn(strict).text()).contains("names no tenant");
            account("'realm_access':{'roles':['roster-manager']},'roster_tenant':'t-" + tenant + "'");
            assertThat(signIn(strict).status()).isEqualTo(200);
            assertThat(agent().textAt("/data/0/relationships/tenant/data/id")).isEqualTo(tenant.toString());
            account("'realm_access':{'roles':['roster-manager']},'roster_tenant':'*'");
            signIn(strict);
            assertThat(agent().at("/data/0/relationships/tenant/data").isNull()).isTrue();
        }
    }

    @Test
    void aProviderThatIsDownLeavesThePasswords() {
        var settings = Map.of("ROSTER_OIDC_ISSUER", "http://127.0.0.1:1", "ROSTER_OIDC_CLIENT_ID", "roster");
        try (var alone = new TestServer(settings, clock)) {
            var page = browser.open(alone.url() + BEGIN + "?next=/console/account");
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.text()).contains("does not respond").contains("name=\"password\"");
        }
    }

    @Test
    void inChromiumTheButtonLeadsToTheProviderAndBackToThePage() {
        account("'roster_role':'AGENT'");
        try (var chromium = new Chromium();
                var window = chromium.window(1280)) {
            var page = window.newPage();
            page.navigate(server.url() + "/console/account");
            page.click("text=Sign in with your organization");
            page.fill("input[name=login]", person);
            page.fill("input[name=password]", "any");
            page.click("button");
            page.click("button");
            page.waitForURL("**/console/account");
            assertThat(page.locator("main").textContent()).contains(email());
        }
    }
}
