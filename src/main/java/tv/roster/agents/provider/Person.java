package tv.roster.agents.provider;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.provider.ProviderOutcome.Obstacle;
import tv.roster.agents.values.Role;
import tv.roster.platform.openid.Claims;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.text.Text;

/// Who has signed in at the provider, as an agent.
///
/// @param subject  the issuer and the identifier there, which never change
/// @param verified whether the address is known to be the person's
/// @param tenant   the slug of a tenant; null for the installation
record Person(
        String subject,
        EmailAddress email,
        boolean verified,
        String name,
        Role role,
        @Nullable String tenant) {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_SUBJECT = 255;
    private static final String PREFIX = "ROSTER_";
    private static final String INSTALLATION = "*";

    /// Reads the claims.
    ///
    /// @throws Hindered if they do not make an agent
    static Person of(String issuer, Claims claims, ClaimNames names) {
        var role = claims.texts(names.role()).stream()
                .flatMap(word -> role(word).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new Hindered(Obstacle.NO_ROLE));
        if (claims.subject().length() > LONGEST_SUBJECT) {
            throw new Hindered(Obstacle.NO_ADDRESS);
        }
        var email = email(claims);
        return new Person(
                issuer + " " + claims.subject(),
                email,
                claims.isTrue("email_verified"),
                name(claims).orElse(email.value()),
                role,
                tenant(claims, names));
    }

    /// Providers have roles of many programs: `roster-agent` is one of ours, and so is `AGENT`.
    private static Optional<Role> role(String word) {
        var upper = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return Role.named(upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper);
    }

    private static EmailAddress email(Claims claims) {
        try {
            return claims.text("email").map(EmailAddress::parse).orElseThrow(() -> new Hindered(Obstacle.NO_ADDRESS));
        } catch (InvalidValue e) {
            throw new Hindered(Obstacle.NO_ADDRESS);
        }
    }

    private static Optional<String> name(Claims claims) {
        return claims.text("name")
                .or(() -> claims.text("preferred_username"))
                .filter(name -> {
                    try {
                        Text.checkName(name, LONGEST_NAME);
                        return true;
                    } catch (InvalidValue e) {
                        return false;
                    }
                })
                .map(Text::strip);
    }

    /// A missing claim gives no access, rather than access to all tenants.
    private static @Nullable String tenant(Claims claims, ClaimNames names) {
        if (names.tenant().isEmpty()) {
            return null;
        }
        var slug = claims.texts(names.tenant().get()).stream()
                .findFirst()
                .orElseThrow(() -> new Hindered(Obstacle.NO_TENANT));
        return slug.equals(INSTALLATION) ? null : slug;
    }

    @Override
    public String toString() {
        return "Person[***]";
    }

    /// The claims do not make an agent.
    static final class Hindered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Obstacle obstacle;

        Hindered(Obstacle obstacle) {
            super(obstacle.name(), null, false, false);
            this.obstacle = obstacle;
        }

        Obstacle obstacle() {
            return obstacle;
        }
    }
}
