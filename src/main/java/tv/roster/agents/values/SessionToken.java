package tv.roster.agents.values;

import java.util.Optional;

/// The secret of a session, in the cookie of the agent's browser. Only its hash is stored.
public record SessionToken(String value) {
    public static SessionToken random() {
        return new SessionToken(OpaqueToken.random());
    }

    /// Parses what a browser sent; empty if it cannot be a token.
    public static Optional<SessionToken> parse(String text) {
        return OpaqueToken.isFormed(text) ? Optional.of(new SessionToken(text)) : Optional.empty();
    }

    /// SHA-256 of the token, which is what the database has.
    public byte[] hash() {
        return OpaqueToken.hash(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
