package tv.roster.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.ids.Randomness;

/// Encrypts the tokens of links while they wait in the queue: AES-256-GCM under a key made from the installation's
/// secret, bound to
/// the mail's id.
public final class LinkSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = Randomness.generator();
    private final SecretKeySpec key;

    public LinkSeal(byte[] installationSecret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(installationSecret, "HmacSHA256"));
            key = new SecretKeySpec(mac.doFinal("links in queued mails".getBytes(StandardCharsets.US_ASCII)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] seal(String token, UUID mail) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, token.getBytes(StandardCharsets.UTF_8), mail);
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// The token. A mail that an earlier version has queued holds the whole link, whose beginning counts for nothing.
    String open(byte[] sealed, UUID mail) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        var opened = run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length), mail);
        var text = new String(opened, StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf('=') + 1);
    }

    private byte[] run(int mode, byte[] nonce, byte[] text, UUID mail) {
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
