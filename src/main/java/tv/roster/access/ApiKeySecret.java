package tv.roster.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import tv.roster.platform.secrets.Sha256;
import tv.roster.values.ids.Randomness;

/// An API key in clear text: `rst_`, 8 characters by which it is looked up, `_`, and 43 characters with 256 random
/// bits. It is shown once, when it is created; only its hash is stored.
public record ApiKeySecret(String value) {
    private static final String MARK = "rst_";
    private static final int PREFIX_LENGTH = 8;
    private static final int SECRET_LENGTH = 43;
    private static final int LENGTH = MARK.length() + PREFIX_LENGTH + 1 + SECRET_LENGTH;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = Randomness.generator();

    /// A new random key.
    public static ApiKeySecret random() {
        var prefix = new StringBuilder();
        appendRandom(prefix, PREFIX_LENGTH);
        return random(prefix.toString());
    }

    /// A new random key with the same prefix, for a rotation.
    public static ApiKeySecret random(String prefix) {
        var key = new StringBuilder(MARK).append(prefix).append('_');
        appendRandom(key, SECRET_LENGTH);
        return new ApiKeySecret(key.toString());
    }

    private static void appendRandom(StringBuilder key, int length) {
        for (int i = 0; i < length; i++) {
            key.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
    }

    /// The key that a client sent; empty if the text does not have the form of a key.
    public static Optional<ApiKeySecret> parse(String sent) {
        boolean formed = sent.length() == LENGTH
                && sent.startsWith(MARK)
                && sent.charAt(MARK.length() + PREFIX_LENGTH) == '_'
                && hasOnlyDigits(sent);
        return formed ? Optional.of(new ApiKeySecret(sent)) : Optional.empty();
    }

    private static boolean hasOnlyDigits(String sent) {
        for (int at = 0; at < sent.length(); at++) {
            char character = sent.charAt(at);
            boolean digit = (character >= '0' && character <= '9')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= 'a' && character <= 'z');
            if (!digit && character != '_') {
                return false;
            }
        }
        return true;
    }

    /// The public part by which the key is looked up; not a secret.
    public String prefix() {
        return value.substring(MARK.length(), MARK.length() + PREFIX_LENGTH);
    }

    /// SHA-256 of the whole key. No slow hash is needed: 256 random bits cannot be guessed.
    public byte[] hash() {
        return Sha256.hash(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "***";
    }
}
