package tv.roster.console.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.sessions.AgentSession;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.OwnAccount;
import tv.roster.agents.signin.SignInOutcome.Entered;
import tv.roster.agents.signin.SignInOutcome.Reason;
import tv.roster.agents.signin.SignInOutcome.Refused;
import tv.roster.console.pages.ConsoleCookie;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.console.pages.Visitor;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;

/// `/console/account`: an agent's own sessions, password and recovery codes.
public final class AccountPages {
    private static final String PATH = "/account";

    private final OwnAccount account;
    private final AgentSessions sessions;
    private final Entrance entrance;

    public AccountPages(OwnAccount account, AgentSessions sessions, Entrance entrance) {
        this.account = account;
        this.sessions = sessions;
        this.entrance = entrance;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.get(PATH, null, visit -> page(200, visit, FormProblems.NONE))
                .post(PATH + "/end_session", null, this::endOne)
                .post(PATH + "/end_sessions", null, this::endAll)
                .post(PATH + "/password", null, this::password)
                .post(PATH + "/recovery_codes", null, this::recoveryCodes);
    }

    /// The model of the template `console/account`.
    ///
    /// @param current the id of this session
    public record AccountPage(
            Frame frame,
            List<AgentSession> sessions,
            String current,
            FormProblems problems,
            @Nullable String email) {
        public AccountPage {
            sessions = List.copyOf(sessions);
        }

        @Override
        public String toString() {
            return "AccountPage";
        }
    }

    private Response page(int status, Visit visit, FormProblems problems) {
        return visit.page(
                status,
                "account",
                new AccountPage(
                        visit.frame("Your account", Section.ACCOUNT),
                        sessions.list(visit.agent().agent()),
                        visit.agent().sessionId(),
                        problems,
                        visit.agent().email()));
    }

    private Response endOne(Visit visit, Form form) {
        sessions.end(visit.agent().agent(), form.text("session"));
        return visit.doneOutside(PATH, Notice.SESSION_ENDED);
    }

    private Response endAll(Visit visit, Form form) {
        sessions.endAll(visit.author(), visit.agent().agent(), null);
        return ConsoleCookie.SESSION.remove(visit.doneOutside("/sign-in", Notice.SIGNED_OUT));
    }

    private Response password(Visit visit, Form form) {
        if (!form.text("password").equals(form.text("repeated"))) {
            return page(422, visit, FormProblems.of("repeated", "The two passwords differ."));
        }
        try {
            var outcome = account.changePassword(
                    visit.agent(),
                    Password.presented(form.text("current")),
                    Password.chosen(form.text("password")),
                    browser(visit));
            return switch (outcome) {
                case Entered entered ->
                    ConsoleCookie.SESSION.set(
                            visit.doneOutside(PATH, Notice.SAVED),
                            entered.token().value());
                case Refused(var reason) -> page(422, visit, FormProblems.of("current", wrong(reason)));
                default -> throw new IllegalStateException("A change of password has no steps");
            };
        } catch (InvalidValue e) {
            return page(422, visit, FormProblems.of("password", e.detail()));
        } catch (Refusal refusal) {
            return page(
                    refusal.status(),
                    visit,
                    FormProblems.of("password", refusal.problems().getFirst().detail()));
        }
    }

    private static String wrong(Reason reason) {
        return reason == Reason.WRONG ? "This is not your present password." : Entrance.text(reason);
    }

    private Response recoveryCodes(Visit visit, Form form) {
        return account.newRecoveryCodes(visit.agent(), form.text("code"), browser(visit))
                .map(codes -> entrance.codes(visit.request(), codes))
                .orElseGet(() -> page(
                        422, visit, FormProblems.of("code", "This code is wrong or was used. Wait for the next one.")));
    }

    private static Browser browser(Visit visit) {
        return Entrance.browser(new Visitor(visit.agent(), visit.from()), visit.request());
    }
}
