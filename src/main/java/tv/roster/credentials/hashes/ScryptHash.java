package tv.roster.credentials.hashes;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.SCrypt;

/// An scrypt hash (RFC 7914) in the PHC string format, such as `$scrypt$ln=16,r=8,p=1$salt$hash`.
///
/// The memory, 128·N·r, is at most 128 MiB (OWASP's N = 2^17 with r = 8); the work, N·r·p, is at most twice that of
/// this setting.
public final class ScryptHash implements HashFormat {
    private static final Pattern FORM = Pattern.compile("\\$scrypt\\$ln=(?<ln>\\d+),r=(?<r>\\d+),p=(?<p>\\d+)"
            + "\\$(?<salt>[A-Za-z0-9+/]+={0,2})\\$(?<hash>[A-Za-z0-9+/]+={0,2})");
    private static final long MOST_MEMORY = 128L << 20;
    private static final long MOST_WORK = 1L << 21;

    private final int cost;
    private final int blockSize;
    private final int parallelism;
    private final byte[] salt;
    private final byte[] hash;

    private ScryptHash(int cost, int blockSize, int parallelism, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.blockSize = blockSize;
        this.parallelism = parallelism;
        this.salt = salt;
        this.hash = hash;
    }

    static ScryptHash parse(String text) {
        HashText fields = HashText.match("scrypt", FORM, text);
        int exponent = fields.number("ln", "logarithm of the cost", 1, 20);
        int blockSize = fields.number("r", "block size", 1, 32);
        int parallelism = fields.number("p", "parallelism", 1, 128);
        long blocks = (long) blockSize << exponent;
        if (128 * blocks > MOST_MEMORY) {
            throw fields.outside("memory (128·N·r)", "at most 128 MiB");
        }
        if (blocks * parallelism > MOST_WORK) {
            throw fields.outside("work (N·r·p)", "at most " + MOST_WORK);
        }
        // RFC 7914, section 2: N < 2^(128·r/8).
        if (exponent >= 16 * blockSize) {
            throw fields.outside("logarithm of the cost", "less than 16·r");
        }
        byte[] salt = fields.base64("salt", "salt", 4, 64);
        return new ScryptHash(1 << exponent, blockSize, parallelism, salt, fields.base64("hash", "hash value", 16, 64));
    }

    @Override
    public long memoryKiB() {
        return 128L * cost * blockSize / 1024;
    }

    @Override
    public boolean matches(byte[] password, BlockPool memory) {
        byte[] computed = SCrypt.generate(password, salt, cost, blockSize, parallelism, hash.length);
        return MessageDigest.isEqual(hash, computed);
    }
}
