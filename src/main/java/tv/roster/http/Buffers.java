package tv.roster.http;

import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/// Arrays for long answers, lent to one request at a time: each event loop has its own. The one that was given back
/// last is still near the processor, while a new one would have to be fetched, and filled with zeros, first.
final class Buffers {
    /// Bytes of each: enough for most pages of the usual 50 users.
    static final int LENGTH = 72 << 10;

    private static final int MOST_KEPT = 32;

    private final BlockingDeque<byte[]> free = new LinkedBlockingDeque<>(MOST_KEPT);

    byte[] take() {
        var last = free.pollFirst();
        return last == null ? new byte[LENGTH] : last;
    }

    void giveBack(byte[] buffer) {
        var _ = free.offerFirst(buffer);
    }
}
