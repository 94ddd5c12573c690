package tv.roster.activation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.activation.ForgottenPasswords.Asker;
import tv.roster.activation.SubscriberPage.ForgotForm;
import tv.roster.activation.SubscriberPage.Message;
import tv.roster.activation.SubscriberPage.PasswordForm;
import tv.roster.credentials.strength.OwnValues;
import tv.roster.credentials.strength.Password;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.text.PercentEncoding;
import tv.roster.values.text.Text;

/// `/activate`, `/reset` and `/forgot/{tenant slug}`: where subscribers choose their passwords, without scripts or
/// cookies. Opening a page changes nothing; submitting its form does.
public final class SubscriberPages {
    private static final int LONGEST_ADDRESS = 254;

    private final AccountLinks links;
    private final ForgottenPasswords forgotten;
    private final SubscriberView view;
    private final Function<Request, IpAddress> callers;

    /// `callers` determines the address of a request, also behind proxies.
    public SubscriberPages(
            AccountLinks links,
            ForgottenPasswords forgotten,
            SubscriberView view,
            Function<Request, IpAddress> callers) {
        this.links = links;
        this.forgotten = forgotten;
        this.view = view;
        this.callers = callers;
    }

    public List<Route<Anybody>> routes() {
        return List.of(
                get("/activate", request -> open(request, LinkKind.ACTIVATION)),
                post("/activate", request -> choose(request, LinkKind.ACTIVATION)),
                get("/reset", request -> open(request, LinkKind.PASSWORD_RESET)),
                post("/reset", request -> choose(request, LinkKind.PASSWORD_RESET)),
                get("/forgot/{tenant_slug}", this::forgotForm),
                post("/forgot/{tenant_slug}", this::forgot));
    }

    private Route<Anybody> get(String path, Function<Request, Response> page) {
        return Route.get(path, Demand.nothing(), (caller, request) -> page.apply(request));
    }

    private Route<Anybody> post(String path, Function<Request, Response> page) {
        return Route.post(path, Demand.nothing(), (caller, request) -> page.apply(request));
    }

    private Response open(Request request, LinkKind kind) {
        var token = Optional.ofNullable(request.parameter("token")).flatMap(LinkToken::parse);
        var found = token.flatMap(secret -> links.find(secret, kind));
        var wish = request.parameter("lang");
        if (token.isEmpty() || found.isEmpty() || !found.get().good()) {
            return gone(request, found, request.parameter("token"), wish);
        }
        return form(200, request, kind, token.get(), found.get(), wish, List.of());
    }

    private Response choose(Request request, LinkKind kind) {
        var form = request.form();
        var token = LinkToken.parse(form.text("token"));
        var found = token.flatMap(secret -> links.find(secret, kind));
        var wish = form.text("lang");
        if (token.isEmpty() || found.isEmpty() || !found.get().good()) {
            return gone(request, found, form.text("token"), wish);
        }
        var problem = problem(
                form.text("password"), form.text("repeated"), found.get().own());
        if (problem != null) {
            return form(422, request, kind, token.get(), found.get(), wish, List.of(problem));
        }
        var address = callers.apply(request).toString();
        var password = Password.chosen(form.text("password"));
        return links.use(token.get(), kind, password, address, request.id())
                ? view.message(200, request, found.get().tenant(), wish, new Message(kind.word() + ".done", true))
                : gone(request, found, form.text("token"), wish);
    }

    private Response form(
            int status,
            Request request,
            LinkKind kind,
            LinkToken token,
            FoundLink found,
            @Nullable String wish,
            List<String> problems) {
        var self = kind.page() + "?token=" + token.value();
        var content = new PasswordForm(kind, token.value(), found.email(), problems);
        return view.page(status, request, found.tenant(), wish, self, content);
    }

    /// The same page for a link that is unknown, used or expired.
    private Response gone(Request request, Optional<FoundLink> found, @Nullable String token, @Nullable String wish) {
        var tenant = found.map(FoundLink::tenant)
                .or(() -> links.tenantOf(token == null ? "" : token))
                .orElse(null);
        return view.message(410, request, tenant, wish, new Message("gone", false));
    }

    /// The key of the text about what is wrong with a password, or null.
    private static @Nullable String problem(String password, String repeated, OwnValues own) {
        if (password.isEmpty()) {
            return "problem.empty";
        }
        try {
            var _ = Password.chosen(password);
        } catch (InvalidValue e) {
            if (e.code() != ErrorCode.WEAK_PASSWORD) {
                return e.code() == ErrorCode.TOO_LONG ? "problem.long" : "problem.characters";
            }
        }
        var weakness = Password.weakness(password, own);
        if (weakness != null) {
            return "problem." + weakness.word();
        }
        return password.equals(repeated) ? null : "problem.differ";
    }

    private Response forgotForm(Request request) {
        return tenant(request)
                .map(tenant ->
                        forgotForm(200, request, tenant, request.parameter("lang"), new ForgotForm("", List.of())))
                .orElseGet(() -> nowhere(request));
    }

    private Response forgot(Request request) {
        var form = request.form();
        var wish = form.text("lang");
        var email = Text.strip(form.text("email"));
        var tenant = tenant(request);
        if (tenant.isEmpty()) {
            return nowhere(request);
        }
        if (!isAddress(email)) {
            return forgotForm(422, request, tenant.get(), wish, new ForgotForm(email, List.of("problem.email")));
        }
        var asker = new Asker(callers.apply(request), view.language(request, tenant.get(), wish), request.id());
        var verdict = forgotten.ask(tenant.get(), email, asker);
        verdict.require();
        return view.message(200, request, tenant.get(), wish, new Message("forgot.done", true));
    }

    private Response forgotForm(
            int status, Request request, TenantLook tenant, @Nullable String wish, ForgotForm content) {
        return view.page(status, request, tenant, wish, PercentEncoding.encode(tenant.slug()), content);
    }

    /// Only reports what a person may have mistyped, not which addresses exist. Quoted local parts can contain
    /// spaces.
    private static boolean isAddress(String email) {
        int at = email.lastIndexOf('@');
        return at > 0
                && at < email.length() - 1
                && !Text.isLongerThan(email, LONGEST_ADDRESS)
                && email.codePoints().noneMatch(Character::isISOControl)
                && (email.startsWith("\"") || email.codePoints().noneMatch(Text::isSpace));
    }

    private Optional<TenantLook> tenant(Request request) {
        var slug = request.variable("tenant_slug");
        return slug.indexOf('\0') >= 0 ? Optional.empty() : links.tenant(slug);
    }

    private Response nowhere(Request request) {
        return view.message(404, request, null, request.parameter("lang"), new Message("nowhere", false));
    }
}
