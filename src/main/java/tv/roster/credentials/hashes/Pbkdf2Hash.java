package tv.roster.credentials.hashes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.jspecify.annotations.Nullable;

/// A PBKDF2 hash (RFC 8018) with HMAC-SHA-1, -256 or -512, and at most 2,000,000 iterations.
public final class Pbkdf2Hash implements HashFormat {
    /// Passlib's `$pbkdf2-sha256$29000$salt$hash` and PHC's `$pbkdf2-sha512$i=210000,l=64$salt$hash`.
    private static final Pattern FORM = Pattern.compile("\\$pbkdf2(?:-(?<digest>sha1|sha256|sha512))?"
            + "\\$(?:i=)?(?<iterations>\\d+)(?:,l=(?<length>\\d+))?"
            + "\\$(?<salt>[A-Za-z0-9+/.]+={0,2})\\$(?<hash>[A-Za-z0-9+/.]+={0,2})");
    /// Django's `pbkdf2_sha256$600000$salt$hash`, whose salt is not encoded.
    private static final Pattern DJANGO_FORM = Pattern.compile("pbkdf2_(?<digest>sha1|sha256|sha512)"
            + "\\$(?<iterations>\\d+)\\$(?<salt>[!-#%-~]{1,64})\\$(?<hash>[A-Za-z0-9+/]+={0,2})");
    private static final int MOST_ITERATIONS = 2_000_000;
    private static final int SHORTEST_HASH = 16;
    private static final int LONGEST_HASH = 64;

    private final String algorithm;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Pbkdf2Hash(HashText fields, byte[] salt) {
        this.algorithm = algorithm(fields.optionalField("digest"));
        this.iterations = fields.number("iterations", "number of iterations", 1, MOST_ITERATIONS);
        this.salt = salt;
        this.hash = fields.base64("hash", "hash value", SHORTEST_HASH, LONGEST_HASH);
    }

    static Pbkdf2Hash parse(String text) {
        HashText fields = HashText.match("PBKDF2", FORM, text);
        Pbkdf2Hash parsed = new Pbkdf2Hash(fields, fields.base64("salt", "salt", 4, 64));
        if (fields.optionalField("length") != null
                && fields.number("length", "length", SHORTEST_HASH, LONGEST_HASH) != parsed.hash.length) {
            throw HashText.malformed("PBKDF2");
        }
        return parsed;
    }

    static Pbkdf2Hash parseDjango(String text) {
        HashText fields = HashText.match("PBKDF2", DJANGO_FORM, text);
        return new Pbkdf2Hash(fields, fields.field("salt").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean matches(byte[] password, BlockPool memory) {
        char[] characters = new String(password, StandardCharsets.UTF_8).toCharArray();
        PBEKeySpec key = new PBEKeySpec(characters, salt, iterations, hash.length * Byte.SIZE);
        try {
            byte[] computed =
                    SecretKeyFactory.getInstance(algorithm).generateSecret(key).getEncoded();
            return MessageDigest.isEqual(hash, computed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + algorithm, e);
        } finally {
            key.clearPassword();
        }
    }

    /// Without a name, the digest is SHA-1, as in Passlib's `$pbkdf2$`.
    private static String algorithm(@Nullable String digest) {
        return "PBKDF2WithHmac" + (digest == null ? "SHA1" : digest.toUpperCase(Locale.ROOT));
    }
}
