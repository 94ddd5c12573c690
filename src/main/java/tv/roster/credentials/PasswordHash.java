package tv.roster.credentials;

import tv.roster.credentials.hashes.Argon2Hash;
import tv.roster.credentials.hashes.HashFormat;
import tv.roster.jsonapi.InvalidValue;

/// A password's hash as it is stored: one of Roster's own, or one that came with an imported user.
public final class PasswordHash {
    private final String text;
    private final HashFormat format;

    private PasswordHash(String text, HashFormat format) {
        this.text = text;
        this.format = format;
    }

    /// Reads a stored or imported hash; what forms and costs are taken, [HashFormat#parse] says.
    ///
    /// @throws InvalidValue when the form is unknown, malformed, or too costly to verify
    public static PasswordHash parse(String text) {
        return new PasswordHash(text, HashFormat.parse(text));
    }

    static PasswordHash of(Argon2Hash made) {
        return new PasswordHash(made.text(), made);
    }

    /// The text to store. It is a secret: it belongs in no answer, log or event.
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
