package tv.roster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A point in time by which something must be finished.
///
/// @param nanos a value of `System.nanoTime()`
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    Deadline earlier(Duration by) {
        return new Deadline(nanos - by.toNanos());
    }

    /// The remaining time; never negative.
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /// Waits until the deadline.
    void await() {
        while (nanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, nanos - System.nanoTime());
        }
    }
}
