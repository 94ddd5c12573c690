package tv.roster.credentials;

import java.time.Duration;
import tv.roster.jsonapi.InvalidValue;

/// How much hashing a node takes on: so many passwords at once, so many more waiting, none of them longer than this.
public record HashingLimits(int atOnce, int waiting, Duration patience) {
    private static final long ALL_ELSE_KIB = 80 * 1024;

    public HashingLimits {
        if (atOnce < 1 || waiting < 0 || patience.isNegative()) {
            throw new InvalidValue("Passwords need at least one place to be hashed, and no negative limits.");
        }
    }

    /// The most memory of one imported hash that this JVM's heap can lend, in KiB: what all else leaves of it.
    public static long mostMemoryKiB() {
        return Math.max(0, Runtime.getRuntime().maxMemory() / 1024 - ALL_ELSE_KIB);
    }

    /// Half of the processors, so that requests without passwords keep the other half.
    public static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
