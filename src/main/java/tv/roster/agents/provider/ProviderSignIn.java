package tv.roster.agents.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.agents.provider.Person.Hindered;
import tv.roster.agents.provider.ProviderOutcome.Entered;
import tv.roster.agents.provider.ProviderOutcome.Hindrance;
import tv.roster.agents.provider.ProviderOutcome.Obstacle;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.signin.SignIn;
import tv.roster.agents.signin.SignInOutcome;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.openid.Handshake;
import tv.roster.platform.openid.OpenIdProvider;
import tv.roster.platform.openid.ProviderFault;
import tv.roster.platform.secrets.Seal;
import tv.roster.platform.sql.UniqueViolation;
import tv.roster.values.ids.AgentId;

/// The rules of signing in at the operator's OpenID Connect provider. It is the authority: an agent who does not exist
/// is created, and role, tenant, name and address become what the provider says, each time.
///
/// Nothing is stored until the provider has said who it is: what a sign-in begins with is kept by the browser.
public final class ProviderSignIn {
    /// How long signing in at the provider may take.
    public static final Duration VALID = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
    private static final String SEALED = "sign-in at the provider";

    private final Database database;
    private final OpenIdProvider provider;
    private final ClaimNames names;
    private final Seal seal;
    private final SignIn signIn;
    private final EventLines lines;

    public ProviderSignIn(
            Database database, OpenIdProvider provider, ClaimNames names, Seal seal, SignIn signIn, EventLines lines) {
        this.database = database;
        this.provider = provider;
        this.names = names;
        this.seal = seal;
        this.signIn = signIn;
        this.lines = lines;
    }

    /// A sign-in that has begun.
    ///
    /// @param location where the browser goes
    /// @param kept     what the browser keeps until it comes back
    public record Begun(URI location, String kept) {
        @Override
        public String toString() {
            return "Begun[***]";
        }
    }

    /// Begins to sign in; empty if the provider does not respond.
    ///
    /// @param redirect where the browser comes back to
    /// @param next     where it goes on to then; may be empty
    public Optional<Begun> begin(URI redirect, String next) {
        var handshake = Handshake.begin(redirect, next, now() + VALID.toSeconds());
        try {
            return Optional.of(new Begun(provider.location(handshake), sealed(handshake)));
        } catch (ProviderFault fault) {
            log(fault);
            return Optional.empty();
        }
    }

    /// Completes the sign-in of a browser that has come back.
    ///
    /// @param kept     what [#begin] has given it
    /// @param response the query of the address that it came back to
    public ProviderOutcome complete(String kept, String response, Browser browser) {
        var handshake = opened(kept).filter(begun -> begun.expiresTime() > now());
        if (handshake.isEmpty()) {
            return new Hindrance(Obstacle.EXPIRED);
        }
        try {
            var address = URI.create(handshake.get().redirect() + "?" + response);
            var claims = provider.identify(handshake.get(), address);
            var person = Person.of(provider.issuer().toString(), claims, names);
            return enter(person, handshake.get().next(), browser);
        } catch (ProviderFault fault) {
            log(fault);
            return new Hindrance(
                    switch (fault.kind()) {
                        case UNAVAILABLE -> Obstacle.UNAVAILABLE;
                        case REFUSED -> Obstacle.REFUSED;
                        case NOT_TRUSTED -> Obstacle.EXPIRED;
                    });
        } catch (Hindered hindered) {
            return new Hindrance(hindered.obstacle());
        } catch (IllegalArgumentException notAnAddress) {
            return new Hindrance(Obstacle.EXPIRED);
        }
    }

    private ProviderOutcome enter(Person person, String next, Browser browser) {
        var agent = agent(person, browser);
        return signIn.byProvider(agent, browser) instanceof SignInOutcome.Entered entered
                ? new Entered(entered.token(), next)
                : new Hindrance(Obstacle.DISABLED);
    }

    /// The agent that the person is: as the provider says by now.
    private AgentId agent(Person person, Browser browser) {
        try {
            return database.inTransaction(transaction -> {
                ProviderTable.lock(transaction);
                var tenant = ProviderTable.tenant(transaction, person.tenant());
                if (person.tenant() != null && tenant.isEmpty()) {
                    throw new Hindered(Obstacle.NO_TENANT);
                }
                var known = ProviderTable.find(transaction, person);
                if (known.isEmpty()) {
                    var id = new AgentId(lines.ids().next());
                    ProviderTable.create(transaction, id, person, tenant, lines.next(browser.author(id)));
                    return id;
                }
                if (known.get().isAnother() || (!known.get().isLinked() && !person.verified())) {
                    throw new Hindered(Obstacle.ADDRESS_TAKEN);
                }
                var id = known.get().agent();
                ProviderTable.change(transaction, id, person, tenant, lines.next(browser.author(id)));
                return id;
            });
        } catch (UniqueViolation e) {
            throw new Hindered(Obstacle.ADDRESS_TAKEN);
        }
    }

    private String sealed(Handshake handshake) {
        var plain = handshake.text().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal.seal(plain, SEALED));
    }

    private Optional<Handshake> opened(String kept) {
        try {
            return seal.open(Base64.getUrlDecoder().decode(kept), SEALED)
                    .flatMap(plain -> Handshake.parse(new String(plain, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notSealed) {
            return Optional.empty();
        }
    }

    private static void log(ProviderFault fault) {
        if (fault.kind() == ProviderFault.Kind.UNAVAILABLE) {
            LOG.warn("An agent could not sign in at the OpenID Connect provider: {}", fault.getMessage());
        }
    }

    private long now() {
        return lines.clock().instant().getEpochSecond();
    }
}
