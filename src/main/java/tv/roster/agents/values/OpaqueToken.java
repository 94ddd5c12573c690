package tv.roster.agents.values;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import tv.roster.platform.secrets.Sha256;
import tv.roster.values.ids.Randomness;

/// Tokens of 256 random bits, as 43 characters of base64url. No slow hash is needed, since they cannot be guessed.
final class OpaqueToken {
    private static final SecureRandom RANDOM = Randomness.generator();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private OpaqueToken() {}

    static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isFormed(String text) {
        return FORM.matcher(text).matches();
    }

    static byte[] hash(String token) {
        return Sha256.hash(token.getBytes(StandardCharsets.US_ASCII));
    }
}
