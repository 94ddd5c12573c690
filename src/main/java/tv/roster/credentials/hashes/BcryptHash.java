package tv.roster.credentials.hashes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.BCrypt;

/// A bcrypt hash, such as `$2b$12$…`, with a cost of 4 to 14. The three variants mean the same for a correct
/// implementation; `$2x$`, which marks a faulty one, is not accepted.
public final class BcryptHash implements HashFormat {
    private static final Pattern FORM =
            Pattern.compile("\\$2[aby]\\$(?<cost>\\d\\d)\\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})");
    private static final int MOST_COST = 14;
    private static final int PASSWORD_BYTES = 72;
    private static final String BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final int cost;
    private final byte[] salt;
    private final byte[] hash;

    private BcryptHash(int cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static BcryptHash parse(String text) {
        HashText fields = HashText.match("bcrypt", FORM, text);
        int cost = Integer.parseInt(fields.field("cost"));
        if (cost < 4 || cost > MOST_COST) {
            throw fields.outside("cost", "4 to " + MOST_COST);
        }
        return new BcryptHash(cost, decode(fields.field("salt")), decode(fields.field("hash")));
    }

    /// bcrypt uses only the first 72 bytes; the last of the 24 bytes that it computes is not part of the text.
    @Override
    public boolean matches(byte[] password, BlockPool memory) {
        byte[] seen = Arrays.copyOf(password, Math.min(password.length, PASSWORD_BYTES));
        byte[] computed = BCrypt.generate(seen, salt, cost, true);
        return MessageDigest.isEqual(hash, Arrays.copyOf(computed, hash.length));
    }

    /// With 72 bytes or more, the hash may be that of a longer password. Shorter ones end with a NUL, which is
    /// hashed.
    @Override
    public boolean seesWhole(byte[] password) {
        return password.length < PASSWORD_BYTES;
    }

    private static byte[] decode(String text) {
        StringBuilder base64 = new StringBuilder(text.length());
        text.chars().forEach(c -> base64.append(BASE64_ALPHABET.charAt(BCRYPT_ALPHABET.indexOf(c))));
        return Base64.getDecoder().decode(base64.toString());
    }
}
