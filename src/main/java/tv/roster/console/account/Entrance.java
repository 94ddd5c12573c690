package tv.roster.console.account;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.SignInOutcome;
import tv.roster.agents.signin.SignInOutcome.CodeDemanded;
import tv.roster.agents.signin.SignInOutcome.EnrolmentDemanded;
import tv.roster.agents.signin.SignInOutcome.Entered;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.signin.SignInOutcome.Refused;
import tv.roster.agents.totp.RecoveryCode;
import tv.roster.console.pages.ConsoleCookie;
import tv.roster.console.pages.ConsoleTools;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Visitor;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.values.text.PercentEncoding;

/// What the steps of signing in lead to, in a browser.
public final class Entrance {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final ConsoleTools tools;

    public Entrance(ConsoleTools tools) {
        this.tools = tools;
    }

    /// A page that leads on, or why there is none.
    record Way(@Nullable Response response, @Nullable Reason reason) {
        Response orElseGet(Function<Stop, Response> page) {
            return response != null ? response : page.apply(new Stop(Objects.requireNonNull(reason)));
        }
    }

    /// Why it does not go on.
    record Stop(Reason reason) {
        int status() {
            return reason == Reason.TOO_MANY_ATTEMPTS ? TOO_MANY : UNAUTHORIZED;
        }

        String text() {
            return Entrance.text(reason);
        }
    }

    static String text(Reason reason) {
        return switch (reason) {
            case WRONG -> "That is not right. Check what you have typed, and try again.";
            case TOO_MANY_ATTEMPTS -> "There were too many attempts. Wait 15 minutes, then try again.";
            case EXPIRED -> "That took too long, or was done already. Begin again.";
        };
    }

    /// The model of the template `console/recovery_codes`.
    public record CodesPage(Frame frame, List<RecoveryCode> codes) {
        @Override
        public String toString() {
            return "CodesPage";
        }
    }

    Way lead(Request request, SignInOutcome outcome, String next) {
        return switch (outcome) {
            case Entered entered -> new Way(enter(request, entered, next), null);
            case CodeDemanded(var token) ->
                new Way(
                        ConsoleCookie.STEP.set(
                                redirect(request, "/console/sign-in/code?next=" + PercentEncoding.encode(next)),
                                token.value()),
                        null);
            case EnrolmentDemanded(var token) ->
                new Way(
                        ConsoleCookie.STEP.set(redirect(request, "/console/sign-in/second-factor"), token.value()),
                        null);
            case Refused(var reason) -> new Way(null, reason);
        };
    }

    private Response enter(Request request, Entered entered, String next) {
        var response = entered.recoveryCodes().isEmpty()
                ? redirect(request, next.isEmpty() ? "/console" : next)
                : codes(request, entered.recoveryCodes());
        return ConsoleCookie.SESSION.set(response, entered.token().value());
    }

    /// The recovery codes, which are shown once.
    Response codes(Request request, List<RecoveryCode> codes) {
        return page(200, "recovery_codes", new CodesPage(frame(request, "Recovery codes"), codes));
    }

    /// What surrounds a page for nobody in particular.
    static Frame frame(Request request, String title) {
        return Frame.ofNobody(request, title);
    }

    static Browser browser(Visitor visitor, Request request) {
        return new Browser(visitor.from().address().toString(), request.id(), request.header("User-Agent"));
    }

    Response page(int status, String template, Object model) {
        return Response.html(status, tools.templates().render("console/" + template, model));
    }

    Response redirect(Request request, String path) {
        return tools.redirect(request, path);
    }
}
