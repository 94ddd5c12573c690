package tv.roster.http;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that connections make the server hold, inside of the heap and outside: heads that are not whole, what is
/// sent ahead, bodies of usual size, answers that nobody reads. Large bodies and answers of callers with a key have a
/// [MemoryBudget] of their own, which strangers therefore cannot take.
final class HeldMemory {
    private static final long ENOUGH = 16 << 20;
    private static final int HEAP_SHARE = 8;

    private final AtomicLong bytes = new AtomicLong();
    private final long most = Math.min(ENOUGH, Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    void add(long more) {
        bytes.addAndGet(more);
    }

    boolean isExceeded() {
        return bytes.get() > most;
    }
}
