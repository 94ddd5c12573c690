package tv.roster.webhooks.signatures;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.values.ids.Randomness;

/// The secret that an endpoint shares with Roster (Standard Webhooks, "Symmetric").
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;
    private final Mac mac;

    private SigningSecret(byte[] key) {
        this.key = key;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SigningSecret random() {
        var key = new byte[BYTES];
        Randomness.generator().nextBytes(key);
        return new SigningSecret(key);
    }

    /// The secret with these bytes, as [#bytes] has returned them.
    public static SigningSecret of(byte[] key) {
        return new SigningSecret(key.clone());
    }

    public byte[] bytes() {
        return key.clone();
    }

    /// The form in which it is shown: `whsec_` and Base64.
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /// The signature of a message: `v1,` and Base64.
    ///
    /// @param timestamp epoch seconds
    public String sign(String id, long timestamp, byte[] body) {
        try {
            var signing = (Mac) mac.clone();
            signing.update((id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(signing.doFinal(body));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
