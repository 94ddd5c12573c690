package tv.roster.platform.timing;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Counts how long something took, in buckets. Recording takes no lock and allocates nothing, since event loops and
/// the virtual threads on them record in the same place; each thread may use a counter of its own.
public final class Durations {
    /// A quantile that is estimated from the buckets is wrong by a factor of 2.5 at most.
    private static final long[] STEPS = {1, 2, 5};

    private static final int DECADE = 10;

    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder nanos = new LongAdder();

    /// With a bucket for each step of 1, 2, 5, 10 and so on from `least` to `most`, and one for everything longer.
    public Durations(Duration least, Duration most) {
        bounds = LongStream.iterate(least.toNanos(), decade -> decade <= most.toNanos(), decade -> decade * DECADE)
                .flatMap(decade -> Arrays.stream(STEPS).map(step -> step * decade))
                .filter(bound -> bound <= most.toNanos())
                .toArray();
        counts = Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    /// Negative times, which clocks that are not monotonic could yield, count as none.
    public void record(long nanoseconds) {
        int bucket = 0;
        while (bucket < bounds.length && nanoseconds > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        nanos.add(Math.max(0, nanoseconds));
    }

    /// The upper bounds of the buckets in seconds; the last one is infinite.
    public double[] bounds() {
        var seconds = new double[counts.length];
        for (int i = 0; i < bounds.length; i++) {
            seconds[i] = bounds[i] / (double) TimeUnit.SECONDS.toNanos(1);
        }
        seconds[bounds.length] = Double.POSITIVE_INFINITY;
        return seconds;
    }

    /// How many fell into each bucket, and into no lower one.
    public long[] counts() {
        return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    }

    /// The sum of all, in seconds.
    public double seconds() {
        return nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
