package tv.roster.credentials.hashing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The time that this node needs to find that a password is wrong, for each kind of hash. A longer measurement
/// counts immediately, a shorter one only gradually, so that a verification rarely takes longer than the time
/// returned here.
final class HashTimes {
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();
    private static final int MARGIN_PERCENT = 10;
    private static final int LEARNING = 16;

    private final Map<String, Long> nanoseconds = new ConcurrentHashMap<>();

    boolean knows(String kind) {
        return nanoseconds.containsKey(kind);
    }

    /// One measurement at most doubles the time, since the machine may have been busy with other work.
    void measured(String kind, long time) {
        nanoseconds.merge(
                kind,
                Math.min(time, LONGEST),
                (known, latest) -> latest > known ? Math.min(latest, 2 * known) : known - (known - latest) / LEARNING);
    }

    /// In nanoseconds, with a margin; 0 for a kind that has not been measured.
    long of(String kind) {
        long time = nanoseconds.getOrDefault(kind, 0L);
        return time + time * MARGIN_PERCENT / 100;
    }
}
