package tv.roster.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tv.roster.values.text.Digits;

/// The id that names a request in its response, in error objects and in the log.
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    private static final int LONGEST = 128;

    private RequestId() {}

    /// The client's own id if it has 1 to 128 characters of `[A-Za-z0-9._-]`, else a new one of 128 random bits.
    public static String of(@Nullable String sent) {
        if (sent != null && isGood(sent)) {
            return sent;
        }
        var random = ThreadLocalRandom.current();
        var digits = new byte[2 * Digits.LONG_LENGTH];
        Digits.putHex(random.nextLong(), digits, 0);
        Digits.putHex(random.nextLong(), digits, Digits.LONG_LENGTH);
        return new String(digits, StandardCharsets.US_ASCII);
    }

    private static boolean isGood(String sent) {
        if (sent.isEmpty() || sent.length() > LONGEST) {
            return false;
        }
        for (int at = 0; at < sent.length(); at++) {
            char character = sent.charAt(at);
            boolean good = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || character == '.'
                    || character == '_'
                    || character == '-';
            if (!good) {
                return false;
            }
        }
        return true;
    }
}
