package tv.roster.platform.database;

import java.time.Duration;

/// What the database's clock said, and how to go on from there by this machine's monotonic clock.
///
/// @param micros    the database's time in microseconds since the epoch, at `nanos`
/// @param nanos     as `System.nanoTime()` tells it
/// @param notBefore where the time was when it had to be put back: it stands still until it comes there again
record ClockReading(long micros, long nanos, long notBefore) {
    /// Samples that were longer under way say too little.
    static final Duration SLOWEST = Duration.ofSeconds(1);

    /// Put back by more than this, the time goes back: standing still for so long would be worse.
    static final Duration LONGEST_STAND = Duration.ofSeconds(10);

    private static final long MICRO = 1_000;

    /// The first reading, from a sample that was under way from `sent` to `received`.
    static ClockReading first(long micros, long sent, long received) {
        return new ClockReading(micros, middle(sent, received), Long.MIN_VALUE);
    }

    /// The database read its clock somewhere between, so that the middle is wrong by half the way at the most.
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

    /// What a further sample makes of it. It changes no more than the sample proves, so that slow ones do no harm.
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
