package tv.roster.console.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.setup.Setup;
import tv.roster.agents.setup.SetupLinks;
import tv.roster.agents.signin.SignInOutcome;
import tv.roster.agents.values.SetupToken;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Visitor;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.text.Text;

/// `/console/setup?token=…`: where an agent chooses a password, and the first administrator begins. Opening the page
/// changes nothing.
public final class SetupPages {
    private static final String PATH = "/setup";
    private static final int LONGEST_NAME = 256;

    private final SetupLinks links;
    private final Entrance entrance;

    public SetupPages(SetupLinks links, Entrance entrance) {
        this.links = links;
        this.entrance = entrance;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.open(PATH, this::open).openForm(PATH, this::use);
    }

    /// The model of the template `console/setup`.
    ///
    /// @param setup what the link is for; null if it is not valid
    /// @param token the link's own
    public record SetupPage(
            Frame frame, @Nullable Setup setup, String token, String email, String name, FormProblems problems) {
        public boolean isFirst() {
            return setup instanceof Setup.OfFirstAdministrator;
        }

        /// Whose password is chosen; empty for the first administrator.
        public String account() {
            return setup instanceof Setup.OfAgent agent ? agent.email() : "";
        }

        @Override
        public String toString() {
            return "SetupPage";
        }
    }

    private Response page(
            int status, Request request, @Nullable Setup setup, String token, Form form, FormProblems problems) {
        return entrance.page(
                status,
                "setup",
                new SetupPage(
                        Entrance.frame(request, "Set up your account"),
                        setup,
                        token,
                        form.text("email"),
                        form.text("name"),
                        problems));
    }

    private Response open(Visitor visitor, Request request) {
        var token = request.parameter("token");
        var setup = Optional.ofNullable(token).flatMap(SetupToken::parse).flatMap(links::find);
        return page(
                setup.isPresent() ? 200 : 410,
                request,
                setup.orElse(null),
                token == null ? "" : token,
                Form.EMPTY,
                FormProblems.NONE);
    }

    private Response use(Visitor visitor, Request request) {
        var form = request.form();
        var token = SetupToken.parse(form.text("token"));
        var setup = token.flatMap(links::find);
        if (token.isEmpty() || setup.isEmpty()) {
            return page(410, request, null, "", Form.EMPTY, FormProblems.NONE);
        }
        var problems = problems(form, setup.get());
        if (!problems.isEmpty()) {
            return page(422, request, setup.get(), token.get().value(), form, problems);
        }
        try {
            return entrance.lead(request, outcome(visitor, request, form, token.get(), setup.get()), "")
                    .orElseGet(stop -> page(410, request, null, "", Form.EMPTY, FormProblems.NONE));
        } catch (Refusal refusal) {
            var detail = refusal.problems().getFirst().detail();
            return page(
                    refusal.status(),
                    request,
                    setup.get(),
                    token.get().value(),
                    form,
                    FormProblems.of("password", detail));
        }
    }

    private SignInOutcome outcome(Visitor visitor, Request request, Form form, SetupToken token, Setup setup) {
        var password = Password.chosen(form.text("password"));
        var browser = Entrance.browser(visitor, request);
        return switch (setup) {
            case Setup.OfAgent agent -> links.use(token, password, browser);
            case Setup.OfFirstAdministrator first ->
                links.useFirst(
                        token,
                        EmailAddress.parse(Text.strip(form.text("email"))),
                        Text.strip(form.text("name")),
                        password,
                        browser);
        };
    }

    private static FormProblems problems(Form form, Setup setup) {
        Map<String, List<String>> problems = new HashMap<>();
        if (setup instanceof Setup.OfFirstAdministrator) {
            check(problems, "email", () -> EmailAddress.parse(Text.strip(form.text("email"))));
            check(problems, "name", () -> Text.checkName(form.text("name"), LONGEST_NAME));
            if (Text.strip(form.text("name")).isEmpty()) {
                problems.put("name", List.of("Write your name."));
            }
        }
        check(problems, "password", () -> Password.chosen(form.text("password")));
        if (!form.text("password").equals(form.text("repeated"))) {
            problems.putIfAbsent("repeated", List.of("The two passwords differ."));
        }
        return new FormProblems(problems, List.of());
    }

    private static void check(Map<String, List<String>> problems, String field, Runnable check) {
        try {
            check.run();
        } catch (InvalidValue e) {
            problems.put(field, List.of(e.detail()));
        }
    }
}
