package tv.roster.access.ratelimit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A nanosecond clock that only the test moves. It begins below zero, as `System.nanoTime` may.
final class StoppedClock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong(-Duration.ofHours(1).toNanos());

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
