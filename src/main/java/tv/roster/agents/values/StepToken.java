package tv.roster.agents.values;

import java.util.Optional;

/// The secret of a sign-in that is not complete, between the password and the second factor. Only its hash is stored.
public record StepToken(String value) {
    public static StepToken random() {
        return new StepToken(OpaqueToken.random());
    }

    /// Parses what a browser sent; empty if it cannot be a token.
    public static Optional<StepToken> parse(String text) {
        return OpaqueToken.isFormed(text) ? Optional.of(new StepToken(text)) : Optional.empty();
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
