package tv.roster.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tv.roster.values.ids.Randomness;

/// Encrypts what the database keeps for a while: AES-256-GCM with a key derived from the installation's secret,
/// bound to the row that it belongs to.
public final class Seal {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = Randomness.generator();
    private final Keys keys;

    public Seal(Keys keys) {
        this.keys = keys;
    }

    /// Encrypts what a row of the database keeps.
    ///
    /// @param row names the row, in ASCII; what is sealed can only be opened with the same name
    public byte[] seal(byte[] plain, String row) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, keys.known().getFirst(), nonce, row);
            var sealed = ByteBuffer.allocate(NONCE_BYTES + cipher.getOutputSize(plain.length))
                    .put(nonce);
            cipher.doFinal(ByteBuffer.wrap(plain), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Opens what [#seal] has sealed; empty if the secret that sealed it has been removed.
    public Optional<byte[]> open(byte[] sealed, String row) {
        return open(keys.known(), sealed, row).or(() -> open(keys.latest(), sealed, row));
    }

    /// The same sealed with the newest key; empty if it is, or if it cannot be opened.
    public Optional<byte[]> renewed(byte[] sealed, String row) {
        return open(keys.known().subList(0, 1), sealed, row).isPresent()
                ? Optional.empty()
                : open(sealed, row).map(plain -> seal(plain, row));
    }

    private static Optional<byte[]> open(List<byte[]> keys, byte[] sealed, String row) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        for (var key : keys) {
            try {
                var cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, row);
                return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            } catch (AEADBadTagException sealedWithAnotherKey) {
                // Try the next key.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return Optional.empty();
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String row) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(row.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
