package tv.roster.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import tv.roster.TestServer;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.SignInOutcome.EnrolmentDemanded;
import tv.roster.agents.signin.SignInOutcome.Entered;
import tv.roster.agents.totp.Totp;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.SetupToken;
import tv.roster.credentials.strength.Password;
import tv.roster.testing.Json;

/// Agents who have signed in, made without the pages for it.
public final class ConsoleSessions {
    private static final String COOKIE = "__Host-roster-session";
    private static final Browser BROWSER = new Browser("127.0.0.1", "made-by-a-test", "Test");

    private ConsoleSessions() {}

    /// A new agent with this role, of a tenant or (null) of the installation.
    public static SessionToken of(TestServer server, Role role, UUID tenant) {
        return of(server, role, tenant, InstantSource.system());
    }

    /// The same on a server with this clock.
    public static SessionToken of(TestServer server, Role role, UUID tenant, InstantSource clock) {
        var relationship =
                tenant == null ? "" : ",'relationships':{'tenant':{'data':{'type':'Tenant','id':'" + tenant + "'}}}";
        var made = server.admin()
                .post(
                        "/agents",
                        Json.json("{'data':{'type':'Agent','attributes':{'email':'" + UUID.randomUUID()
                                + "@agents.example','name':'Olga " + role + "','role':'" + role + "'}"
                                + relationship + "}}"));
        if (made.status() != 201) {
            throw new AssertionError(made.text());
        }
        var url = made.textAt("/data/attributes/setup_url");
        var token = SetupToken.parse(url.substring(url.indexOf('=') + 1)).orElseThrow();
        var step = (EnrolmentDemanded) server.setupLinks().use(token, Password.chosen("four words of a song"), BROWSER);
        var secret = server.signIn().enrolment(step.token()).orElseThrow().secret();
        var code = Totp.code(secret, clock.instant().getEpochSecond());
        return ((Entered) server.signIn().enrol(step.token(), code, BROWSER)).token();
    }

    /// Gives the session's cookie to a browser.
    public static void open(BrowserContext window, SessionToken session) {
        give(window, COOKIE, session.value());
    }

    /// Gives a cookie of the console to a browser.
    static void give(BrowserContext window, String cookie, String value) {
        window.addCookies(List.of(new Cookie(cookie, value)
                .setDomain("127.0.0.1")
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.LAX)));
    }

    /// The header for plain clients.
    public static String header(SessionToken session) {
        return COOKIE + "=" + session.value();
    }
}
