package tv.roster.credentials;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long it takes on this node to find that a password is wrong, for each kind of hash. A longer time counts at
/// once,
/// a shorter one little by little, so that what was measured lately seldom takes longer than what is told here.
final class HashTimes {
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();
    private static final int MARGIN_PERCENT = 10;
    private static final int LEARNING = 16;

    private final Map<String, Long> nanoseconds = new ConcurrentHashMap<>();

    boolean knows(String kind) {
        return nanoseconds.containsKey(kind);
    }

    /// One long measurement counts at most double: the machine may have been busy with something else.
    void measured(String kind, long time) {
        nanoseconds.merge(
                kind,
                Math.min(time, LONGEST),
                (known, latest) -> latest > known ? Math.min(latest, 2 * known) : known - (known - latest) / LEARNING);
    }

    /// In nanoseconds, with a margin; 0 for what was never measured.
    long of(String kind) {
        long time = nanoseconds.getOrDefault(kind, 0L);
        return time + time * MARGIN_PERCENT / 100;
    }
}
