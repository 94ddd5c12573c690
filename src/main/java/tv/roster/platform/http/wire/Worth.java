package tv.roster.platform.http.wire;

import tv.roster.platform.http.limits.HeldMemory;

/// What a connection makes the server hold, and what it is worth to keep it. Used on the connection's loop, but for
/// [#callerIsKnown].
final class Worth {
    /// Of a connection that was never served, and of one that a good key was used on.
    static final int LEAST = 1;

    static final int MOST = 3;

    /// Bytes that a connection may make the server hold without being counted.
    private static final int UNCOUNTED = 4096;

    private final HeldMemory held;
    private final int address;
    private long charged;
    private boolean served;
    private volatile boolean known;

    /// `address` is where its client is counted ([tv.roster.platform.http.limits.Addresses]).
    Worth(HeldMemory held, int address) {
        this.held = held;
        this.address = address;
    }

    /// Counts what it holds now. True if it is more than before, and all together hold too much.
    boolean charge(long holds) {
        long due = holds > UNCOUNTED ? holds : 0;
        if (due == charged) {
            return false;
        }
        boolean more = due > charged;
        held.add(address, due - charged);
        charged = due;
        return more && held.isExceeded();
    }

    /// How much it holds, times for how long: what its end would free.
    long burden(long since) {
        return charged * (1 + (System.nanoTime() - since) / 1_000_000);
    }

    int address() {
        return address;
    }

    /// It has received a response.
    void isServed() {
        served = true;
    }

    boolean wasServed() {
        return served;
    }

    /// A caller with a good key used it. From any thread.
    void callerIsKnown() {
        known = true;
    }

    /// The more, the more it was used for.
    int standing() {
        return known ? MOST : served ? 2 : LEAST;
    }
}
