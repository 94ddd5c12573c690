package tv.roster.agents.totp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Time-based one-time passwords (RFC 6238) with HMAC-SHA-1, 6 digits and steps of 30 seconds: what all authenticator
/// apps support.
public final class Totp {
    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    /// How many steps a clock may be behind or ahead (RFC 6238, section 5.2).
    private static final int DRIFT = 1;

    private static final String ALGORITHM = "HmacSHA1";

    private Totp() {}

    /// The step at a time in epoch seconds.
    static long step(long epochSecond) {
        return Math.floorDiv(epochSecond, STEP_SECONDS);
    }

    /// The code of a step, with leading zeros.
    public static String code(TotpSecret secret, long epochSecond) {
        return code(secret.bytes(), step(epochSecond), DIGITS);
    }

    /// HOTP (RFC 4226, section 5.3), with the step as the counter.
    static String code(byte[] secret, long step, int digits) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int binary = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFFFFFF;
            return String.format(Locale.ROOT, "%0" + digits + "d", binary % (int) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The step whose code was typed, among those that the clocks allow and that are later than the last one used;
    /// empty
    /// if the code is wrong. White space is ignored, since apps show `123 456`.
    ///
    /// @param lastUsed null if none was used
    public static OptionalLong matching(TotpSecret secret, String typed, long epochSecond, @Nullable Long lastUsed) {
        var sent = typed.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8);
        long now = step(epochSecond);
        var matching = OptionalLong.empty();
        for (long step = now - DRIFT; step <= now + DRIFT; step++) {
            var code = code(secret.bytes(), step, DIGITS).getBytes(StandardCharsets.US_ASCII);
            boolean unused = lastUsed == null || step > lastUsed;
            if (MessageDigest.isEqual(code, sent) && unused) {
                matching = OptionalLong.of(step);
            }
        }
        return matching;
    }
}
