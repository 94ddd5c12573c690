package tv.roster.platform.http.limits;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/// Arrays for long responses, lent to one request at a time: each event loop has its own. The one that was given
/// back last is still near the processor, while a new one would have to be fetched, and filled with zeros, first.
public final class Buffers {
    /// Bytes of each: enough for most pages of the usual 50 users.
    public static final int LENGTH = 72 << 10;

    private static final int MOST_KEPT = 32;

    // Without a lock, which the loop and the threads on it would share.
    private final Deque<byte[]> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger kept = new AtomicInteger();

    public byte[] take() {
        var last = free.pollFirst();
        if (last == null) {
            return new byte[LENGTH];
        }
        kept.decrementAndGet();
        return last;
    }

    public void giveBack(byte[] buffer) {
        if (kept.incrementAndGet() <= MOST_KEPT) {
            free.offerFirst(buffer);
        } else {
            kept.decrementAndGet();
        }
    }
}
