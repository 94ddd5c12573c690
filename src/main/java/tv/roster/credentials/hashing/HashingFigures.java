package tv.roster.credentials.hashing;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import tv.roster.platform.timing.Durations;

/// What is counted about the hashing of passwords on this node.
public final class HashingFigures {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final LongAdder waiting = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final Durations waits = new Durations(SHORTEST, LONGEST);
    private final Durations uses = new Durations(SHORTEST, LONGEST);

    void arrives() {
        waiting.increment();
    }

    /// A call has a thread, or goes without.
    void leavesQueue(long waitedNanos) {
        waiting.decrement();
        waits.record(waitedNanos);
    }

    void begins() {
        running.increment();
    }

    void ends(long nanos) {
        running.decrement();
        uses.record(nanos);
    }

    void rejects() {
        rejected.increment();
    }

    /// The number of calls that wait for a thread.
    public long waiting() {
        return waiting.sum();
    }

    /// The number of passwords that are being hashed.
    public long running() {
        return running.sum();
    }

    /// The number of calls that were rejected because too many waited, or for too long.
    public long rejected() {
        return rejected.sum();
    }

    /// How long calls waited for a thread.
    public Durations waits() {
        return waits;
    }

    /// How long it took to hash or to verify a password.
    public Durations uses() {
        return uses;
    }
}
