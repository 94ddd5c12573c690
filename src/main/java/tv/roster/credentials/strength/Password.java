package tv.roster.credentials.strength;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

/// A password in clear text, prepared so that the same characters typed on another keyboard are the same password.
///
/// The preparation is that of RFC 8265, OpaqueString: every space of Unicode becomes U+0020, then NFC is applied;
/// the text is not trimmed and case is preserved. NFC is used rather than NIST's NFKC, with which `x²` and `x2`
/// would be the same password. Of the characters that RFC 8265 forbids, only control characters are rejected:
/// unassigned and invisible ones are allowed, since emoji contain them.
public final class Password {
    /// The minimum and maximum length of a new password in code points.
    public static final int SHORTEST = 8;

    public static final int LONGEST = 256;

    private final String prepared;
    private final String asTyped;

    private Password(String asTyped) {
        this.asTyped = asTyped;
        this.prepared = prepare(asTyped);
    }

    /// A new password: 8 to 256 code points after preparation, without control characters, and without a [Weakness]
    /// that can be recognised without knowing the user. There are no composition rules (NIST SP 800-63B).
    ///
    /// @throws InvalidValue with `WEAK_PASSWORD`, `TOO_LONG` or `INVALID_VALUE`
    public static Password chosen(String text) {
        Password password = presented(text);
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("The password must not contain control characters, such as tabs or line ends.");
        }
        var weakness = Weakness.of(password.prepared);
        if (weakness != null) {
            throw new InvalidValue(ErrorCode.WEAK_PASSWORD, weakness.detail());
        }
        return password;
    }

    /// The weakness of a new password for a user with these values; null if there is none.
    public static @Nullable Weakness weakness(String text, OwnValues own) {
        var prepared = prepare(text);
        var weakness = Weakness.of(prepared);
        return weakness == null && own.make(prepared) ? Weakness.OWN : weakness;
    }

    /// Whether it consists only of the person's own values.
    public boolean isOwn(OwnValues own) {
        return own.make(prepared);
    }

    /// A password for a login. It may be weak, since it may have been chosen in another system, but passwords with
    /// more than 256 code points are never checked, because some imported formats take longer the longer they are.
    ///
    /// @throws InvalidValue with `TOO_LONG`, or with `INVALID_VALUE` for a lone surrogate or a NUL
    public static Password presented(String text) {
        // Normalisation cannot shorten a text of this length to 256.
        if (text.length() > 8 * LONGEST) {
            throw tooLong();
        }
        if (text.codePoints().anyMatch(c -> c == 0 || isSurrogate(c))) {
            throw new InvalidValue("The password must not contain a NUL or half of a surrogate pair.");
        }
        Password password = new Password(text);
        if (length(password.prepared) > LONGEST) {
            throw tooLong();
        }
        return password;
    }

    /// The bytes that are hashed: UTF-8 of the prepared text.
    public byte[] bytes() {
        return prepared.getBytes(StandardCharsets.UTF_8);
    }

    /// UTF-8 of the original text if preparation has changed it, since other systems may have hashed that.
    public Optional<byte[]> bytesAsTyped() {
        return asTyped.equals(prepared) ? Optional.empty() : Optional.of(asTyped.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }

    private static String prepare(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(spaced::appendCodePoint);
        return Normalizer.normalize(spaced, Normalizer.Form.NFC);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    private static InvalidValue tooLong() {
        return new InvalidValue(ErrorCode.TOO_LONG, "The password must not be longer than " + LONGEST + " characters.");
    }
}
