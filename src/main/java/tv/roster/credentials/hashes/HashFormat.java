package tv.roster.credentials.hashes;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import tv.roster.platform.problems.InvalidValue;

/// A password hash, parsed from its text form, with a cost within the limits.
public sealed interface HashFormat permits Argon2Hash, BcryptHash, CryptHash, Pbkdf2Hash, ScryptHash {
    int LONGEST_TEXT = 512;

    /// Whether this is the password, compared in constant time.
    ///
    /// @param password UTF-8, without NUL
    /// @param memory provides the blocks for Argon2; used by one thread at a time
    boolean matches(byte[] password, BlockPool memory);

    /// Whether a password that [#matches] is the only one that does. If the format uses only part of the password,
    /// the user's own password may be a different one, and this one must not be hashed again.
    default boolean seesWhole(byte[] password) {
        return true;
    }

    /// The memory that [#matches] needs, in KiB; 0 if it is negligible.
    default long memoryKiB() {
        return 0;
    }

    /// Parses the usual text forms of Argon2 (i, d, id), bcrypt (`$2a$`, `$2b$`, `$2y$`), PBKDF2 (Django's,
    /// Passlib's and PHC's), scrypt (PHC's), MD5-crypt (`$1$`), SHA-256-crypt (`$5$`) and SHA-512-crypt (`$6$`).
    ///
    /// @throws InvalidValue if it is none of them, is malformed, or exceeds the format's limits of cost
    static HashFormat parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidValue("A password hash must not be longer than " + LONGEST_TEXT + " characters.");
        }
        return switch (identifier(text)) {
            case "argon2id", "argon2i", "argon2d" -> Argon2Hash.parse(text);
            case "2a", "2b", "2y" -> BcryptHash.parse(text);
            case "pbkdf2", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512" -> Pbkdf2Hash.parse(text);
            case "pbkdf2_sha1", "pbkdf2_sha256", "pbkdf2_sha512" -> Pbkdf2Hash.parseDjango(text);
            case "scrypt" -> ScryptHash.parse(text);
            case "1" -> CryptHash.parseMd5(text);
            case "5" -> CryptHash.parseSha256(text);
            case "6" -> CryptHash.parseSha512(text);
            default ->
                throw new InvalidValue("The password hash is of no known format; known are Argon2, bcrypt, PBKDF2,"
                        + " scrypt, $1$, $5$ and $6$ in their usual text forms.");
        };
    }

    /// A hash of this kind that no known password has, with the same cost as other hashes of the kind. A kind is
    /// the text without salt and hash, but with the length of the hash, as in the index `user_password_kind`.
    ///
    /// @throws InvalidValue if there is no such kind
    static HashFormat ofNobody(String kind) {
        if (kind.startsWith("$2")) {
            return parse(kind + ".".repeat(53));
        }
        int length = kind.lastIndexOf('$') + 1;
        var salt = "A".repeat(kind.startsWith("$1$") ? 8 : 16);
        return parse(kind.substring(0, length) + salt + "$" + "A".repeat(Integer.parseInt(kind.substring(length))));
    }

    /// The kind of the hash with this text.
    static String kindOf(String text) {
        if (text.startsWith("$2")) {
            return text.substring(0, 7);
        }
        int hash = text.lastIndexOf('$') + 1;
        int salt = text.lastIndexOf('$', hash - 2) + 1;
        return text.substring(0, salt)
                + text.substring(hash).replaceFirst("=+$", "").length();
    }

    private static String identifier(String text) {
        int start = text.startsWith("$") ? 1 : 0;
        int end = text.indexOf('$', start);
        return end < 0 ? "" : text.substring(start, end);
    }
}
