package tv.roster.agents.values;

import java.util.Optional;

/// The secret in a link with which an agent chooses a password. Only its hash is stored.
public record SetupToken(String value) {
    public static SetupToken random() {
        return new SetupToken(OpaqueToken.random());
    }

    /// Parses what a browser sent; empty if it cannot be a token.
    public static Optional<SetupToken> parse(String text) {
        return OpaqueToken.isFormed(text) ? Optional.of(new SetupToken(text)) : Optional.empty();
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
