package tv.roster.http;

import java.util.concurrent.atomic.AtomicInteger;

/// How many requests of a kind are served at a time.
final class Places {
    private final int all;
    private final AtomicInteger taken = new AtomicInteger();

    Places(int all) {
        this.all = all;
    }

    /// False if none is free. Who takes one gives it back.
    boolean take() {
        if (taken.incrementAndGet() <= all) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    boolean isFull() {
        return taken.get() >= all;
    }
}
