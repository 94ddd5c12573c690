package tv.roster.platform.database;

import java.time.Duration;

/// A reading of the database's clock, from which this machine's monotonic clock continues.
///
/// @param micros    the database's time at `nanos`, in microseconds since the epoch
/// @param nanos     a value of `System.nanoTime()`
/// @param notBefore the time at which the clock was set back: it stands still until it reaches this time again
record ClockReading(long micros, long nanos, long notBefore) {
    /// Samples that took longer are too inaccurate.
    static final Duration SLOWEST = Duration.ofSeconds(1);

    /// If the clock is ahead by more than this, the time is set back: standing still for so long would be worse.
    static final Duration LONGEST_STAND = Duration.ofSeconds(10);

    private static final long MICRO = 1_000;

    /// The first reading, from a sample that was sent at `sent` and received at `received`.
    static ClockReading first(long micros, long sent, long received) {
        return new ClockReading(micros, middle(sent, received), Long.MIN_VALUE);
    }

    /// The database read its clock at some time in between, so the error of the middle is at most half of the
    /// interval.
    private static long middle(long sent, long received) {
        return sent + (received - sent) / 2;
    }

    /// The database's time now, in microseconds since the epoch.
    long at(long now) {
        return Math.max(notBefore, running(now));
    }

    private long running(long now) {
        return micros + Math.floorDiv(now - nanos, MICRO);
    }

    /// This reading corrected by a further sample, by no more than the sample proves, so that slow samples do no
    /// harm.
    ClockReading corrected(long sampled, long sent, long received) {
        long way = received - sent;
        if (way > SLOWEST.toNanos()) {
            return this;
        }
        long middle = middle(sent, received);
        long most = way / 2 / MICRO + 1;
        long expected = running(middle);
        long right = Math.clamp(expected, sampled - most, sampled + most);
        if (right == expected) {
            return this;
        }
        boolean stands = right < expected && expected - right <= LONGEST_STAND.toNanos() / MICRO;
        return new ClockReading(right, middle, stands ? at(received) : Long.MIN_VALUE);
    }
}
