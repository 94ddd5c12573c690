package tv.roster.agents.totp;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tv.roster.platform.secrets.Sha256;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.Randomness;

/// Replaces the second factor once, when an agent has lost the device: 80 random bits in four groups that can be
/// written on paper. Only its hash is stored.
public record RecoveryCode(String value) {
    /// How many an agent gets.
    public static final int COUNT = 10;

    private static final SecureRandom RANDOM = Randomness.generator();
    private static final int BYTES = 10;

    /// A new set of codes.
    public static List<RecoveryCode> set() {
        return Stream.generate(RecoveryCode::random).limit(COUNT).toList();
    }

    private static RecoveryCode random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new RecoveryCode(String.join("-", Base32.encode(bytes).split("(?<=\\G.{4})")));
    }

    /// SHA-256 in hexadecimal digits, of the code and whose it is. Case, spaces and hyphens make no difference.
    public static String hash(AgentId agent, String typed) {
        var code = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return HexFormat.of().formatHex(Sha256.hash((agent + " " + code).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "***";
    }
}
