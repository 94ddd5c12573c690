package tv.roster.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory that large bodies and answers may take together: a part of the heap, so that many of them, or clients
/// that
/// read slowly, make others wait instead of ending the server. Small ones do not come here.
final class MemoryBudget {
    private static final int HEAP_SHARE = 4;
    private static final long ENOUGH = 24 << 20;
    private static final int BLOCK = 1 << 10;
    private static final long PATIENCE_SECONDS = 5;

    private final int blocks;
    private final Semaphore free;

    /// 24 MiB, which eighteen pages of 1,000 users take, or less where the heap may not grow to four times that.
    MemoryBudget() {
        this(Math.min(ENOUGH, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /// So many bytes.
    MemoryBudget(long bytes) {
        blocks = (int) Math.min(bytes / BLOCK, Integer.MAX_VALUE);
        // Fair, so that a large request is not passed by small ones for ever.
        free = new Semaphore(blocks, true);
    }

    /// Waits until so many bytes are free, and tells what to give back. More than the whole budget counts as all of it.
    /// Refuses with 503 what would wait longer than 5 s.
    int take(long bytes) {
        int wanted = (int) Math.min(Math.ceilDiv(bytes, BLOCK), blocks);
        try {
            if (free.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return wanted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Refusals.tooMuchAtOnce();
    }

    /// The same without waiting.
    int takeNow(long bytes) {
        int taken = tryTake((int) Math.min(bytes, (long) blocks * BLOCK));
        if (taken == 0) {
            throw Refusals.tooMuchAtOnce();
        }
        return taken;
    }

    /// Takes so many bytes if they are free, and says what to give back; 0 if there is no room. For event loops.
    int tryTake(int bytes) {
        int wanted = Math.max(1, Math.ceilDiv(bytes, BLOCK));
        return free.tryAcquire(wanted) ? wanted : 0;
    }

    void giveBack(int taken) {
        free.release(taken);
    }
}
