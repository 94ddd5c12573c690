package tv.roster.console.account;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.access.ratelimit.FailedAuthentications;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.Enrolment;
import tv.roster.agents.signin.SignIn;
import tv.roster.agents.signin.SignInOutcome;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.StepToken;
import tv.roster.console.pages.ConsoleCookie;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Visitor;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.text.PercentEncoding;
import tv.roster.values.text.Text;

/// Signing in and out: the password, then a code of the second factor, or setting one up.
public final class SignInPages {
    private static final String SIGN_IN = "/sign-in";
    private static final String CODE = "/sign-in/code";
    private static final String ENROL = "/sign-in/second-factor";

    /// Attempts of one address, right or wrong: enough for an office that begins at eight. Each costs a hash, whoever
    /// sends it, so that a stranger would otherwise take the turns of all agents.
    private static final RateLimit OF_ONE_ADDRESS = new RateLimit(60, 60);

    private final SignIn signIn;
    private final AgentSessions sessions;
    private final Entrance entrance;
    private final boolean offersProvider;
    private final FailedAuthentications attempts = new FailedAuthentications(OF_ONE_ADDRESS, System::nanoTime);

    /// @param offersProvider whether agents can sign in at the operator's own provider
    public SignInPages(SignIn signIn, AgentSessions sessions, Entrance entrance, boolean offersProvider) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.entrance = entrance;
        this.offersProvider = offersProvider;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.open(SIGN_IN, (visitor, request) -> form(200, request, "", next(request.parameter("next")), null))
                .openForm(SIGN_IN, this::password)
                .open(CODE, (visitor, request) -> code(200, request, next(request.parameter("next")), null))
                .openForm(CODE, this::checkCode)
                .open(ENROL, (visitor, request) -> enrol(200, request, null))
                .openForm(ENROL, this::checkFirstCode)
                .openForm("/sign-out", this::signOut);
    }

    /// The model of the templates `console/sign_in` and `console/code`.
    ///
    /// @param email   what was typed before
    /// @param next    where to go on
    /// @param offersProvider whether it leads to the operator's own provider
    /// @param problem why the last attempt failed, or null
    public record SignInPage(
            Frame frame,
            String email,
            String next,
            boolean offersProvider,
            @Nullable String problem) {
        /// The page that leads to the provider.
        public String toProvider() {
            return frame.to("/console" + ProviderPages.BEGIN)
                    + (next.isEmpty() ? "" : "?next=" + PercentEncoding.encode(next));
        }

        @Override
        public String toString() {
            return "SignInPage";
        }
    }

    /// The model of the template `console/second_factor`.
    public record EnrolPage(
            Frame frame, Enrolment enrolment, @Nullable String problem) {
        @Override
        public String toString() {
            return "EnrolPage";
        }
    }

    private Response form(int status, Request request, String email, String next, @Nullable String problem) {
        return entrance.page(
                status,
                "sign_in",
                new SignInPage(Entrance.frame(request, "Sign in"), email, next, offersProvider, problem));
    }

    private Response code(int status, Request request, String next, @Nullable String problem) {
        return entrance.page(
                status, "code", new SignInPage(Entrance.frame(request, "Code"), "", next, offersProvider, problem));
    }

    private Response enrol(int status, Request request, @Nullable String problem) {
        return step(request)
                .flatMap(signIn::enrolment)
                .map(enrolment -> entrance.page(
                        status,
                        "second_factor",
                        new EnrolPage(Entrance.frame(request, "Second factor"), enrolment, problem)))
                .orElseGet(() -> form(401, request, "", "", Entrance.text(Reason.EXPIRED)));
    }

    private static Optional<StepToken> step(Request request) {
        return ConsoleCookie.STEP.of(request).flatMap(StepToken::parse);
    }

    /// Only pages of the console can be gone on to.
    static String next(@Nullable String wanted) {
        return wanted != null && wanted.matches("/console(/[A-Za-z0-9/_.%?=&,-]*)?") && !wanted.contains("//")
                ? wanted
                : "";
    }

    private static Browser browser(Visitor visitor, Request request) {
        return Entrance.browser(visitor, request);
    }

    private Response password(Visitor visitor, Request request) {
        var form = request.form();
        var email = Text.strip(form.text("email"));
        var next = next(form.text("next"));
        attempts.count(visitor.from().address()).require();
        try {
            var password = Password.presented(form.text("password"));
            return entrance.lead(request, signIn.password(email, password, browser(visitor, request)), next)
                    .orElseGet(reason -> form(reason.status(), request, email, next, reason.text()));
        } catch (InvalidValue e) {
            return form(401, request, email, next, Entrance.text(Reason.WRONG));
        }
    }

    private Response checkCode(Visitor visitor, Request request) {
        var form = request.form();
        var next = next(form.text("next"));
        var outcome = step(request)
                .map(token -> signIn.code(token, form.text("code"), browser(visitor, request)))
                .orElseGet(() -> new SignInOutcome.Refused(Reason.EXPIRED));
        return entrance.lead(request, outcome, next)
                .orElseGet(refused -> refused.reason() == Reason.EXPIRED
                        ? form(401, request, "", next, refused.text())
                        : code(refused.status(), request, next, refused.text()));
    }

    private Response checkFirstCode(Visitor visitor, Request request) {
        var outcome = step(request)
                .map(token -> signIn.enrol(token, request.form().text("code"), browser(visitor, request)))
                .orElseGet(() -> new SignInOutcome.Refused(Reason.EXPIRED));
        return entrance.lead(request, outcome, "")
                .orElseGet(refused -> refused.reason() == Reason.EXPIRED
                        ? form(401, request, "", "", refused.text())
                        : enrol(refused.status(), request, refused.text()));
    }

    private Response signOut(Visitor visitor, Request request) {
        ConsoleCookie.SESSION.of(request).flatMap(SessionToken::parse).ifPresent(sessions::end);
        return ConsoleCookie.SESSION.remove(entrance.redirect(request, "/console/sign-in?done=signed_out"));
    }
}
