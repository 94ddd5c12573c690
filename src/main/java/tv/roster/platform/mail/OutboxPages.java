package tv.roster.platform.mail;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.mail.Outbox.Letter;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.templates.SafePage;
import tv.roster.platform.templates.Stylesheet;
import tv.roster.platform.templates.Templates;
import tv.roster.values.text.Text;

/// `/outbox`: the mails of a server without a mail server, for a person at the same machine who has the key. The
/// mails give access to accounts.
public final class OutboxPages {
    private static final String PATH = "/outbox";
    private static final String COOKIE = "roster_outbox";

    private final Outbox outbox;
    private final OutboxKey key;
    private final Templates templates;

    public OutboxPages(Outbox outbox, OutboxKey key, Templates templates) {
        this.outbox = outbox;
        this.key = key;
        this.templates = templates;
    }

    /// The model of the template `outbox`; `letters` is null without the key, and `refused` after a wrong one.
    public record Model(String stylesheet, @Nullable List<Letter> letters, boolean refused) {}

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get(PATH, Demand.nothing(), (caller, request) -> list(request)),
                Route.post(PATH, Demand.nothing(), (caller, request) -> enter(request)),
                Route.get(PATH + "/{mail_id}", Demand.nothing(), (caller, request) -> letter(request)));
    }

    /// The key in the link is moved to a cookie, so that it remains in no address bar and no history.
    private Response list(Request request) {
        refuseStrangers(request);
        if (key.isOpenedBy(request.parameter("key"))) {
            return opened(request);
        }
        return isOpen(request) ? page(200, outbox.letters(request.origin()), false) : page(403, null, false);
    }

    private Response enter(Request request) {
        refuseStrangers(request);
        return key.isOpenedBy(Text.strip(request.form().text("key"))) ? opened(request) : page(403, null, true);
    }

    private Response opened(Request request) {
        var secure = request.origin().startsWith("https:") ? "; Secure" : "";
        return Response.empty(303)
                .with("Location", PATH.substring(1))
                .with(
                        "Set-Cookie",
                        COOKIE + "=" + key.value() + "; Path=" + PATH + "; HttpOnly; SameSite=Strict" + secure)
                .with("Cache-Control", "no-store");
    }

    private Response letter(Request request) {
        refuseStrangers(request);
        if (!isOpen(request)) {
            return page(403, null, false);
        }
        return outbox.letter(id(request), request.origin())
                .map(letter -> SafePage.mail(letter.html()))
                .orElseThrow(OutboxPages::nothingHere);
    }

    private Response page(int status, @Nullable List<Letter> letters, boolean refused) {
        return SafePage.html(status, templates.render("outbox", new Model(Stylesheet.PAGES.path(), letters, refused)));
    }

    private boolean isOpen(Request request) {
        return request.headerLines("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .anyMatch(cookie ->
                        cookie.startsWith(COOKIE + "=") && key.isOpenedBy(cookie.substring(COOKIE.length() + 1)));
    }

    private static UUID id(Request request) {
        try {
            return UUID.fromString(request.variable("mail_id"));
        } catch (IllegalArgumentException notAnId) {
            throw nothingHere();
        }
    }

    /// Whether a request comes from this machine. The `Host` is checked as well: another site could let its own name
    /// resolve to this machine.
    public static boolean isOnThisMachine(Request request) {
        return request.peer().isLoopbackAddress() && isLoopback(request.header("Host"));
    }

    private static void refuseStrangers(Request request) {
        if (!isOnThisMachine(request)) {
            throw nothingHere();
        }
    }

    private static boolean isLoopback(@Nullable String authority) {
        return authority != null
                && authority.toLowerCase(Locale.ROOT).matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");
    }

    /// Whether a URL refers to this machine only.
    public static boolean isLoopback(URI url) {
        return isLoopback(url.getHost());
    }

    private static Refusal nothingHere() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }
}
