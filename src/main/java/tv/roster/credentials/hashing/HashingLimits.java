package tv.roster.credentials.hashing;

import java.time.Duration;
import tv.roster.platform.problems.InvalidValue;

/// The limits of hashing on a node: how many passwords at once, how many more may wait, and for how long.
public record HashingLimits(int atOnce, int waiting, Duration patience) {
    private static final long ALL_ELSE_KIB = 80 * 1024;

    public HashingLimits {
        if (atOnce < 1 || waiting < 0 || patience.isNegative()) {
            throw new InvalidValue("Passwords need at least one place to be hashed, and no negative limits.");
        }
    }

    /// The maximum memory for one imported hash in KiB: the part of the heap that nothing else needs.
    public static long mostMemoryKiB() {
        return Math.max(0, Runtime.getRuntime().maxMemory() / 1024 - ALL_ELSE_KIB);
    }

    /// Half of the processors, so that the other half remains for requests without passwords.
    public static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
