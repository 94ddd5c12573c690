package tv.roster.credentials.hashes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;

/// A hash of the Unix crypt function: MD5-crypt (`$1$`), SHA-256-crypt (`$5$`) or SHA-512-crypt (`$6$`), the latter
/// two with 1,000 to 1,000,000 rounds.
public final class CryptHash implements HashFormat {
    private static final String CHARACTER = "[./0-9A-Za-z]";
    private static final Pattern MD5_FORM =
            Pattern.compile("(?<settings>\\$1\\$" + CHARACTER + "{1,8})\\$(?<hash>" + CHARACTER + "{22})");
    private static final Pattern SHA256_FORM = shaForm(5, 43);
    private static final Pattern SHA512_FORM = shaForm(6, 86);
    private static final int FEWEST_ROUNDS = 1_000;
    private static final int MOST_ROUNDS = 1_000_000;

    private final String settings;
    private final String hash;

    private CryptHash(HashText fields) {
        this.settings = fields.field("settings");
        this.hash = fields.field("hash");
    }

    static CryptHash parseMd5(String text) {
        return new CryptHash(HashText.match("MD5-crypt", MD5_FORM, text));
    }

    static CryptHash parseSha256(String text) {
        return parseSha(HashText.match("SHA-256-crypt", SHA256_FORM, text));
    }

    static CryptHash parseSha512(String text) {
        return parseSha(HashText.match("SHA-512-crypt", SHA512_FORM, text));
    }

    private static CryptHash parseSha(HashText fields) {
        if (fields.optionalField("rounds") != null) {
            int ignored = fields.number("rounds", "number of rounds", FEWEST_ROUNDS, MOST_ROUNDS);
        }
        return new CryptHash(fields);
    }

    @Override
    public boolean matches(byte[] password, BlockPool memory) {
        // The library erases the array that it receives.
        String computed = Crypt.crypt(password.clone(), settings);
        String computedHash = computed.substring(computed.lastIndexOf('$') + 1);
        return MessageDigest.isEqual(ascii(hash), ascii(computedHash));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Pattern shaForm(int identifier, int hashLength) {
        return Pattern.compile("(?<settings>\\$" + identifier + "\\$(?:rounds=(?<rounds>\\d+)\\$)?" + CHARACTER
                + "{1,16})\\$(?<hash>" + CHARACTER + "{" + hashLength + "})");
    }
}
