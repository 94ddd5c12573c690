package tv.roster.platform.http.wire;

import java.util.concurrent.atomic.AtomicLong;

/// Whether a number is the same as when it was last looked at.
final class StandsStill {
    private final AtomicLong number;
    private long before = -1;

    StandsStill(AtomicLong number) {
        this.number = number;
    }

    boolean look() {
        long now = number.get();
        boolean still = now == before;
        before = now;
        return still;
    }
}
