package tv.roster.credentials.hashes;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.jspecify.annotations.Nullable;

/// An Argon2 hash (RFC 9106) in the PHC string format, such as `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
public final class Argon2Hash implements HashFormat {
    private static final Pattern FORM = Pattern.compile("\\$argon2(?<variant>id|i|d)(?:\\$v=(?<version>16|19))?"
            + "\\$m=(?<memory>\\d+),t=(?<iterations>\\d+),p=(?<lanes>\\d+)"
            + "\\$(?<salt>[A-Za-z0-9+/]+)\\$(?<hash>[A-Za-z0-9+/]+)");
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int variant;
    private final int version;
    private final Argon2Parameters parameters;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(int variant, int version, Argon2Parameters parameters, byte[] salt, byte[] hash) {
        this.variant = variant;
        this.version = version;
        this.parameters = parameters;
        this.salt = salt;
        this.hash = hash;
    }

    /// Hashes with Argon2id, version 1.3, with a new salt.
    public static Argon2Hash of(byte[] password, Argon2Parameters parameters, BlockPool memory) {
        Argon2Hash empty = withParameters(parameters, new byte[HASH_BYTES]);
        return withHash(empty, empty.compute(password, memory));
    }

    /// A hash that no known password has, and that costs as much as any other with these parameters.
    public static Argon2Hash ofNoPassword(Argon2Parameters parameters) {
        return withParameters(parameters, random(HASH_BYTES));
    }

    static Argon2Hash parse(String text) {
        HashText fields = HashText.match("Argon2", FORM, text);
        return new Argon2Hash(
                variant(fields.field("variant")),
                version(fields.optionalField("version")),
                new Argon2Parameters(
                        fields.number("memory", "memory in KiB", 8, Argon2Parameters.MOST_MEMORY_KIB),
                        fields.number("iterations", "number of iterations", 1, Argon2Parameters.MOST_ITERATIONS),
                        fields.number("lanes", "number of lanes", 1, Argon2Parameters.MOST_PARALLELISM)),
                fields.base64("salt", "salt", 8, 64),
                fields.base64("hash", "hash value", 16, 64));
    }

    /// Whether [#of] would create such a hash with these parameters.
    public boolean hasParameters(Argon2Parameters wanted) {
        return variant == org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id
                && version == org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13
                && parameters.equals(wanted)
                && salt.length == SALT_BYTES
                && hash.length == HASH_BYTES;
    }

    /// The PHC string of a hash created by [#of].
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + parameters.memoryKiB() + ",t=" + parameters.iterations() + ",p="
                + parameters.parallelism() + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    @Override
    public long memoryKiB() {
        return parameters.memoryKiB();
    }

    @Override
    public boolean matches(byte[] password, BlockPool memory) {
        return MessageDigest.isEqual(hash, compute(password, memory));
    }

    private byte[] compute(byte[] password, BlockPool memory) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(variant)
                .withVersion(version)
                .withMemoryAsKB(parameters.memoryKiB())
                .withIterations(parameters.iterations())
                .withParallelism(parameters.parallelism())
                .withSalt(salt)
                .withBlockPool(memory)
                .build());
        byte[] computed = new byte[hash.length];
        generator.generateBytes(password, computed);
        return computed;
    }

    private static Argon2Hash withParameters(Argon2Parameters parameters, byte[] hash) {
        return new Argon2Hash(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id,
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13,
                parameters,
                random(SALT_BYTES),
                hash);
    }

    private static Argon2Hash withHash(Argon2Hash made, byte[] hash) {
        return new Argon2Hash(made.variant, made.version, made.parameters, made.salt, hash);
    }

    private static int variant(String name) {
        return switch (name) {
            case "d" -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_d;
            case "i" -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_i;
            default -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id;
        };
    }

    /// Hashes older than version 1.3 do not contain their version.
    private static int version(@Nullable String number) {
        return "19".equals(number)
                ? org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13
                : org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_10;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
