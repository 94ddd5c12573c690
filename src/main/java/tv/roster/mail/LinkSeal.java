package tv.roster.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.ids.Randomness;
import tv.roster.secrets.KeyUse;

/// Encrypts the tokens of links while they wait in the queue: AES-256-GCM under a key made from the installation's
/// secret, bound to the mail's id.
public final class LinkSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = Randomness.generator();
    private final SecretKeySpec key;
    private final SecretKeySpec formerKey;

    public LinkSeal(byte[] installationSecret) {
        key = new SecretKeySpec(KeyUse.LINKS.key(installationSecret), "AES");
        formerKey = new SecretKeySpec(KeyUse.LINKS.formerKey(installationSecret), "AES");
    }

    public byte[] seal(String token, UUID mail) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, key, nonce, token.getBytes(StandardCharsets.UTF_8), mail);
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// The token. A mail that an earlier version has queued holds the whole link, whose beginning counts for nothing.
    String open(byte[] sealed, UUID mail) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        var text = new String(
                open(nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length), mail), StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf('=') + 1);
    }

    private byte[] open(byte[] nonce, byte[] text, UUID mail) {
        try {
            return run(Cipher.DECRYPT_MODE, key, nonce, text, mail);
        } catch (IllegalStateException sealedByAnEarlierVersion) {
            return run(Cipher.DECRYPT_MODE, formerKey, nonce, text, mail);
        }
    }

    private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, byte[] text, UUID mail) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(mail.toString().getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A link in the queue cannot be read: was the installation's secret changed?", e);
        }
    }
}
