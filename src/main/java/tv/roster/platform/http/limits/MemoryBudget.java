package tv.roster.platform.http.limits;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The memory that large bodies and responses may take together: a part of the heap, so that many of them, or
/// clients that read slowly, make others wait instead of ending the server. One owner, such as a tenant, has half
/// of it at the most. Small ones do not come here.
public final class MemoryBudget {
    private static final int HEAP_SHARE = 4;
    private static final int SHARE_OF_ONE = 2;
    private static final long ENOUGH = 24 << 20;
    private static final int BLOCK = 1 << 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int blocks;
    private final int most;
    private final Semaphore free;
    private final Semaphore unowned;
    private final AtomicReferenceArray<Semaphore> shares = new AtomicReferenceArray<>(Slots.NUMBER);

    /// 24 MiB, which eighteen pages of 1,000 users take, or less where the heap may not grow to four times that.
    public MemoryBudget() {
        this(Math.min(ENOUGH, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /// So many bytes.
    public MemoryBudget(long bytes) {
        blocks = (int) Math.min(bytes / BLOCK, Integer.MAX_VALUE);
        most = Math.max(1, blocks / SHARE_OF_ONE);
        // Fair, so that a large request is not passed by small ones for ever.
        free = new Semaphore(blocks, true);
        unowned = new Semaphore(blocks, true);
    }

    private Semaphore share(int owner) {
        if (owner == Slots.NONE) {
            return unowned;
        }
        var known = shares.get(owner);
        if (known != null) {
            return known;
        }
        var made = new Semaphore(most, true);
        var other = shares.compareAndExchange(owner, null, made);
        return other == null ? made : other;
    }

    private int wanted(long bytes, int owner) {
        return Math.clamp(Math.ceilDiv(bytes, BLOCK), 1, owner == Slots.NONE ? blocks : most);
    }

    /// Waits until so many bytes are free for an owner ([Slots]), and returns what to give back. More than it may have
    /// counts as all of that. Refuses with 503 what would wait longer than 5 s.
    public int take(long bytes, int owner) {
        int wanted = wanted(bytes, owner);
        long end = System.nanoTime() + PATIENCE_NANOS;
        var share = share(owner);
        boolean own = false;
        try {
            own = share.tryAcquire(wanted, PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            if (own && free.tryAcquire(wanted, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return wanted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (own) {
            share.release(wanted);
        }
        throw full();
    }

    /// The same without waiting.
    public int takeNow(long bytes, int owner) {
        int taken = tryTake(bytes, owner);
        if (taken == 0) {
            throw full();
        }
        return taken;
    }

    /// Takes so many bytes if they are free, and returns what to give back; 0 if there is no room. For event loops.
    public int tryTake(long bytes, int owner) {
        int wanted = wanted(bytes, owner);
        var share = share(owner);
        if (!share.tryAcquire(wanted)) {
            return 0;
        }
        if (!free.tryAcquire(wanted)) {
            share.release(wanted);
            return 0;
        }
        return wanted;
    }

    /// Bytes that are taken now.
    public long taken() {
        return (long) (blocks - free.availablePermits()) * BLOCK;
    }

    public void giveBack(int taken, int owner) {
        free.release(taken);
        share(owner).release(taken);
    }

    /// The refusal of what there is no room for.
    public static Refusal full() {
        return new Refusal(ErrorCode.UNAVAILABLE, "Too many large requests are under way.");
    }
}
