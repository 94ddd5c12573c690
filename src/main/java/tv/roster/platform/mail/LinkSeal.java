package tv.roster.platform.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.platform.secrets.Keys;
import tv.roster.values.ids.Randomness;

/// Encrypts the tokens of links while they are in the queue: AES-256-GCM with a key derived from the installation's
/// secret, bound to the mail's id.
public final class LinkSeal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = Randomness.generator();
    private final Keys keys;

    public LinkSeal(Keys keys) {
        this.keys = keys;
    }

    public byte[] seal(String token, UUID mail) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var key = keys.known().getFirst();
            var sealed = run(Cipher.ENCRYPT_MODE, key, nonce, token.getBytes(StandardCharsets.UTF_8), mail);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The token; empty if the secret that sealed it has been removed. Mails queued by an earlier version contain
    /// the complete link, of which only the token is used.
    Optional<String> open(byte[] sealed, UUID mail) {
        return open(keys.known(), sealed, mail)
                .or(() -> open(keys.latest(), sealed, mail))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(text -> text.substring(text.lastIndexOf('=') + 1));
    }

    private static Optional<byte[]> open(List<byte[]> keys, byte[] sealed, UUID mail) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        var text = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        for (var key : keys) {
            try {
                return Optional.of(run(Cipher.DECRYPT_MODE, key, nonce, text, mail));
            } catch (AEADBadTagException sealedWithAnotherKey) {
                // Try the next key.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return Optional.empty();
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] text, UUID mail)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(mail.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher.doFinal(text);
    }
}
