package tv.roster.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.totp.Totp;
import tv.roster.agents.totp.TotpSecret;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.StepToken;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

/// From the first link to a session, in a real browser; and how sessions end.
class SignInPagesTest {
    private static final String PASSWORD = "a lamp in the harbour";

    private static FixedClock clock;
    private static TestServer server;
    private static TestServer other;

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now());
        server = new TestServer(
                Map.of("ROSTER_TRUSTED_PROXIES", "127.0.0.1/32", "ROSTER_ARGON2_MEMORY_KIB", "64"), clock);
        other = new TestServer(Map.of(), clock, server.database());
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    @Test
    void theFirstAdministratorSetsUpAnAccountAndSignsInAgain() {
        var fresh = new TestServer(Map.of(), clock);
        var link = fresh.setupLinks().makeFirst().orElseThrow().url(fresh.url());
        try (fresh;
                var chromium = new Chromium();
                var window = chromium.window(1280)) {
            var page = window.newPage();
            page.navigate(link);
            page.fill("#email", "olga@north-tv.example");
            page.fill("#name", "Olga Berg");
            page.fill("#password", "password");
            page.fill("#repeated", "password");
            page.click("button");
            assertThat(page.locator("#password-problem").textContent()).isNotBlank();
            page.fill("#password", PASSWORD);
            page.fill("#repeated", PASSWORD);
            page.click("main button");
            shot(page, "second-factor");
            var secret = secret(fresh, window);
            page.fill("#code", Totp.code(secret, clock.instant().getEpochSecond()));
            page.click("main button");
            assertThat(page.locator("main").textContent()).contains("shown only now");
            page.click("text=I have kept them");
            assertThat(page.url()).endsWith("/console/tenants");

            page.click("text=Sign out");
            assertThat(page.locator("h1").textContent()).isEqualTo("Sign in");
            page.fill("#email", "OLGA@north-tv.example");
            page.fill("#password", PASSWORD);
            page.click("main button");
            clock.advance(Duration.ofSeconds(60));
            page.fill("#code", Totp.code(secret, clock.instant().getEpochSecond()));
            page.click("main button");
            assertThat(page.url()).endsWith("/console/tenants");
            page.navigate(link);
            assertThat(page.locator("h1").textContent()).isEqualTo("This link is not valid");
        }
    }

    private static TotpSecret secret(TestServer server, BrowserContext window) {
        var step = window.cookies().stream()
                .filter(cookie -> cookie.name.equals("__Host-roster-step"))
                .findFirst()
                .orElseThrow();
        return server.signIn()
                .enrolment(StepToken.parse(step.value).orElseThrow())
                .orElseThrow()
                .secret();
    }

    private static Response signIn(String email, String password) {
        return signIn(email, password, "198.51.100.7");
    }

    private static Response signIn(String email, String password, String from) {
        return new ApiClient(server.url(), null)
                .send(
                        "POST",
                        "/console/sign-in",
                        "email=" + email + "&password=" + password.replace(" ", "+"),
                        "Accept",
                        "text/html",
                        "Origin",
                        server.url(),
                        "X-Forwarded-For",
                        from,
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressLookTheSame() {
        var known = signIn("nobody@north-tv.example", "wrong");
        assertThat(known.status()).isEqualTo(401);
        assertThat(known.header("Set-Cookie")).isNull();
        assertThat(known.text()).contains("That is not right");
    }

    @Test
    void afterTenAttemptsNoMoreAreJudged() {
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(signIn("guessed@north-tv.example", "wrong").status()).isEqualTo(401);
        }
        assertThat(signIn("guessed@north-tv.example", "wrong").status()).isEqualTo(429);
    }

    /// Addresses of agents are free to a stranger, who would take their turns at the hashing of passwords.
    @Test
    void oneAddressCannotTakeTheTurnsOfAllAgents() {
        // Those of the first seconds no longer count at the end.
        var answers = IntStream.range(0, 1000)
                .mapToObj(attempt -> signIn("flood" + attempt + "@north-tv.example", "wrong", "203.0.113.9"))
                .takeWhile(answer -> answer.status() == 401)
                .toList();
        assertThat(answers).hasSizeBetween(60, 999);
        var refused = signIn("flood@north-tv.example", "wrong", "203.0.113.9");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(signIn("another@north-tv.example", "wrong", "203.0.113.10").status())
                .isEqualTo(401);
    }

    @Test
    void aStolenCookieIsUselessOnEveryNodeOnceAllSessionsAreEnded() {
        var session = ConsoleSessions.of(server, Role.AGENT, null, clock);
        var owner = new ConsoleBrowser(server, session);
        var thief = new ConsoleBrowser(other, session);
        assertThat(thief.open("/console/account").status()).isEqualTo(200);
        assertThat(owner.send("/console/account/end_sessions", Map.of()).status())
                .isEqualTo(303);
        for (var browser : new ConsoleBrowser[] {owner, thief}) {
            var page = browser.open("/console/account");
            assertThat(page.status()).isEqualTo(303);
            assertThat(page.header("Location")).contains("sign-in");
        }
    }

    @Test
    void aSessionEndsAfterHalfAnHourWithoutARequest() {
        var browser = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.VIEWER, null, clock));
        assertThat(browser.open("/console/account").status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(31));
        assertThat(browser.open("/console/account").status()).isEqualTo(303);
    }

    @Test
    void pagesCannotBeFramedAndRunNoForeignScripts() {
        var page = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.VIEWER, null, clock))
                .open("/console/account");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.text()).doesNotContain("<script>", "style=", "onclick", "http://", "https://");
    }

    @Test
    void nothingButPagesOfTheConsoleIsGoneOnTo() {
        var page = new ApiClient(server.url(), null)
                .send("GET", "/console/sign-in?next=https://evil.example/console", null, "Accept", "text/html");
        assertThat(page.text()).contains("name=\"next\" value=\"\"");
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/console-" + name + ".png")));
    }
}
