package tv.roster.credentials.hashing;

import tv.roster.credentials.hashes.Argon2Hash;
import tv.roster.credentials.hashes.HashFormat;
import tv.roster.platform.problems.InvalidValue;

/// The stored hash of a password: one of Roster's own, or an imported one.
public final class PasswordHash {
    private final String text;
    private final HashFormat format;

    private PasswordHash(String text, HashFormat format) {
        this.text = text;
        this.format = format;
    }

    /// Parses a stored or imported hash; [HashFormat#parse] describes the accepted forms and costs.
    ///
    /// @throws InvalidValue if the form is unknown, malformed, or too expensive to verify
    public static PasswordHash parse(String text) {
        return new PasswordHash(text, HashFormat.parse(text));
    }

    static PasswordHash of(Argon2Hash made) {
        return new PasswordHash(made.text(), made);
    }

    /// The text to store. It is a secret and must not appear in any response, log or event.
    public String text() {
        return text;
    }

    HashFormat format() {
        return format;
    }

    @Override
    public String toString() {
        return "***";
    }
}
