package tv.roster.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the installation's secret is used for. Each use has a key of its own, made by HKDF-SHA256 (RFC 5869): one that
/// leaks gives away neither the secret nor the others.
public enum KeyUse {
    CURSORS("cursors"),
    REQUEST_DIGESTS("request digests"),
    LINKS("links in queued mails");

    private static final int KEY_BYTES = 32;

    private final String words;

    KeyUse(String words) {
        this.words = words;
    }

    /// The key with which something is sealed now.
    public byte[] key(byte[] installationSecret) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(installationSecret)
                    .thenExpand(ascii("roster " + words), KEY_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The key before each use had its own: what an earlier version has sealed is still opened.
    public byte[] formerKey(byte[] installationSecret) {
        if (this != LINKS) {
            return installationSecret;
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(installationSecret, "HmacSHA256"));
            return mac.doFinal(ascii(words));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
