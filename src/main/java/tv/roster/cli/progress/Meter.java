package tv.roster.cli.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How fast something goes on, judged by the last ten seconds.
final class Meter {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final double NANOS = 1e9;

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long nanos, long done) {}

    /// So much is done at this time.
    void read(long nanos, long done) {
        readings.addLast(new Reading(nanos, done));
        while (readings.size() > 2 && nanos - readings.getFirst().nanos() > WINDOW_NANOS) {
            readings.removeFirst();
        }
    }

    /// A second; 0 as long as that is not known.
    double rate() {
        if (readings.size() < 2) {
            return 0;
        }
        var first = readings.getFirst();
        var last = readings.getLast();
        return last.nanos() == first.nanos()
                ? 0
                : Math.max(0, last.done() - first.done()) / ((last.nanos() - first.nanos()) / NANOS);
    }

    /// How long the rest takes at this rate, rounded up to seconds; zero if that is not known.
    Duration left(long rest) {
        double rate = rate();
        return rate <= 0 ? Duration.ZERO : Duration.ofSeconds((long) Math.ceil(rest / rate));
    }
}
