package tv.roster.platform.http.receiving;

import java.util.concurrent.TimeUnit;

/// How slowly a client may send.
public final class Pace {
    /// A client that has had this part of its time has to send so many bytes a second from then on.
    private static final int PATIENT_PART = 3;

    private static final long LEAST_BYTES_A_SECOND = 1024;

    private Pace() {}

    /// Whether what began then takes too long: longer than it may in all, or slower than anybody sends who means it.
    /// Never for 0.
    public static boolean isLate(long begin, long bytes, long timeoutNanos) {
        return begin != 0 && (isOver(begin, timeoutNanos) || isTooSlow(System.nanoTime() - begin, bytes, timeoutNanos));
    }

    /// Whether so many bytes are too few for the time that they took.
    static boolean isTooSlow(long nanos, long bytes, long timeoutNanos) {
        return isLong(nanos, timeoutNanos)
                && bytes < TimeUnit.NANOSECONDS.toMillis(nanos) * LEAST_BYTES_A_SECOND / 1000;
    }

    /// Whether it has lasted so long that the least rate is asked for.
    static boolean isLong(long nanos, long timeoutNanos) {
        return nanos > timeoutNanos / PATIENT_PART;
    }

    /// Whether a time is longer ago than this.
    public static boolean isOver(long begin, long nanos) {
        return System.nanoTime() - begin > nanos;
    }
}
