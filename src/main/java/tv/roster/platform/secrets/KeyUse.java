package tv.roster.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The uses of the installation's secret. Each has its own key, derived by HKDF-SHA256 (RFC 5869), so that the
/// disclosure of one reveals neither the secret nor the other keys.
public enum KeyUse {
    CURSORS("cursors"),
    REQUEST_DIGESTS("request digests"),
    LINKS("links in queued mails"),
    IMPORTS("rows of imports"),
    WEBHOOKS("secrets of webhooks"),
    AGENTS("second factors of agents"),
    PROVIDER_SIGN_INS("sign-ins at the provider");

    private static final int KEY_BYTES = 32;

    private final String words;

    KeyUse(String words) {
        this.words = words;
    }

    /// The key for sealing now.
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

    /// The key from before each use had its own, so that values sealed by an earlier version can still be opened.
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
