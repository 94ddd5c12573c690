package tv.roster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A moment by which something has to be over.
///
/// @param nanos as `System.nanoTime()` tells it
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    Deadline earlier(Duration by) {
        return new Deadline(nanos - by.toNanos());
    }

    /// What is left until then; never negative.
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /// Waits until then.
    void await() {
        while (nanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, nanos - System.nanoTime());
        }
    }
}
