package tv.roster.pages;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.http.Answer;
import tv.roster.http.Demand;
import tv.roster.http.Gate.Anybody;
import tv.roster.http.Request;
import tv.roster.http.Route;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;
import tv.roster.mail.Outbox;
import tv.roster.mail.Outbox.Letter;
import tv.roster.templates.Templates;

/// `/outbox`: the mails of a server that has no mail server, for whoever sits at its machine. Its mails open accounts,
/// so whoever comes from elsewhere, or through a proxy, finds nothing here.
public final class OutboxPages {
    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private final Outbox outbox;
    private final Templates templates;

    public OutboxPages(Outbox outbox, Templates templates) {
        this.outbox = outbox;
        this.templates = templates;
    }

    /// What the template `outbox` shows.
    public record Model(String stylesheet, List<Letter> letters) {}

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get("/outbox", Demand.nothing(), (caller, request) -> list(request)),
                Route.get("/outbox/{mail_id}", Demand.nothing(), (caller, request) -> letter(request)));
    }

    private Answer list(Request request) {
        refuseStrangers(request);
        var model = new Model(Stylesheet.PATH, outbox.letters(request.origin()));
        return SafePage.html(200, templates.render("outbox", model));
    }

    private Answer letter(Request request) {
        refuseStrangers(request);
        return outbox.letter(id(request), request.origin())
                .map(letter -> SafePage.mail(letter.html()))
                .orElseThrow(OutboxPages::nothingHere);
    }

    private static UUID id(Request request) {
        try {
            return UUID.fromString(request.variable("mail_id"));
        } catch (IllegalArgumentException notAnId) {
            throw nothingHere();
        }
    }

    /// The `Host` counts too: a page elsewhere could otherwise have its own name lead to this machine.
    private static void refuseStrangers(Request request) {
        boolean proxied = PROXY_HEADERS.stream().anyMatch(name -> request.header(name) != null);
        if (proxied || !request.peer().isLoopbackAddress() || !isLoopback(request.header("Host"))) {
            throw nothingHere();
        }
    }

    private static boolean isLoopback(@Nullable String authority) {
        return authority != null
                && authority.toLowerCase(Locale.ROOT).matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");
    }

    /// Whether an address leads to this machine alone.
    public static boolean isLoopback(URI url) {
        return isLoopback(url.getHost());
    }

    private static Refusal nothingHere() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }
}
