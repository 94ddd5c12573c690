package tv.roster.console.account;

import java.net.URI;
import java.util.Optional;
import tv.roster.agents.provider.ProviderOutcome.Entered;
import tv.roster.agents.provider.ProviderOutcome.Hindrance;
import tv.roster.agents.provider.ProviderOutcome.Obstacle;
import tv.roster.agents.provider.ProviderSignIn;
import tv.roster.console.account.SignInPages.SignInPage;
import tv.roster.console.pages.ConsoleCookie;
import tv.roster.console.pages.ConsoleDialect;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.Visitor;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;

/// Signing in at the operator's OpenID Connect provider: to it, and back.
public final class ProviderPages {
    static final String BEGIN = "/sign-in/provider";
    private static final String BACK = "/sign-in/provider/callback";

    private final ProviderSignIn signIn;
    private final Entrance entrance;
    private final Optional<URI> url;

    /// @param url where agents find the console; empty: where their browsers say
    public ProviderPages(ProviderSignIn signIn, Entrance entrance, Optional<URI> url) {
        this.signIn = signIn;
        this.entrance = entrance;
        this.url = url;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.open(BEGIN, this::begin).open(BACK, this::complete);
    }

    /// A link leads here, not a form: pages of the console send forms nowhere else, also not by a redirect.
    private Response begin(Visitor visitor, Request request) {
        var next = SignInPages.next(request.parameter("next"));
        return signIn.begin(redirect(request), next)
                .map(begun -> ConsoleCookie.PROVIDER.set(
                        Response.empty(303).with("Location", begun.location().toString()),
                        begun.kept(),
                        ProviderSignIn.VALID))
                .orElseGet(() -> page(request, next, Obstacle.UNAVAILABLE));
    }

    /// How the provider knows this server; registered there.
    private URI redirect(Request request) {
        return URI.create(url.map(URI::toASCIIString).orElseGet(request::origin) + ConsoleDialect.BASE + BACK);
    }

    /// The browser keeps its cookie until that expires: a response is good once, because the provider redeems a code
    /// once.
    private Response complete(Visitor visitor, Request request) {
        var kept = ConsoleCookie.PROVIDER.of(request).orElse("");
        return switch (signIn.complete(kept, request.query(), Entrance.browser(visitor, request))) {
            case Entered(var token, var next) ->
                ConsoleCookie.SESSION.set(
                        entrance.redirect(request, next.isEmpty() ? ConsoleDialect.BASE : next), token.value());
            case Hindrance(var obstacle) -> page(request, "", obstacle);
        };
    }

    private Response page(Request request, String next, Obstacle obstacle) {
        return entrance.page(
                status(obstacle),
                "sign_in",
                new SignInPage(Entrance.frame(request, "Sign in"), "", next, true, text(obstacle)));
    }

    private static int status(Obstacle obstacle) {
        return switch (obstacle) {
            case UNAVAILABLE -> 503;
            case REFUSED, EXPIRED -> 401;
            case NO_ROLE, NO_TENANT, NO_ADDRESS, ADDRESS_TAKEN, DISABLED -> 403;
        };
    }

    private static String text(Obstacle obstacle) {
        return switch (obstacle) {
            case UNAVAILABLE ->
                "Your organization's sign-in does not respond at the moment. Try again, or sign in with a password"
                        + " if you have one.";
            case REFUSED -> "Your organization's sign-in has refused. Try again, or ask who looks after it.";
            case EXPIRED -> "That took too long, or was done already. Begin again.";
            case NO_ROLE ->
                "You have signed in, but your account has no role for this console. Ask who looks after your"
                        + " organization's accounts.";
            case NO_TENANT ->
                "You have signed in, but your account names no tenant that exists here. Ask who looks after your"
                        + " organization's accounts.";
            case NO_ADDRESS ->
                "You have signed in, but your account has no e-mail address that can be used here. Ask who looks after"
                        + " your organization's accounts.";
            case ADDRESS_TAKEN ->
                "Another agent has your e-mail address. An administrator of the console has to remove that agent, or"
                        + " your organization has to verify the address.";
            case DISABLED -> "An administrator has disabled your access to this console.";
        };
    }
}
