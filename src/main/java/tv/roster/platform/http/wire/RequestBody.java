package tv.roster.platform.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.decoding.BodyFrame;
import tv.roster.platform.http.limits.MemoryBudget;
import tv.roster.platform.http.limits.Slots;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The body of one request. The connection's event loop puts in what arrives, and alone touches it; the request's
/// thread asks for the whole of it, once it knows how much its route takes, and waits. Little is kept of what nobody
/// has asked for.
final class RequestBody {
    /// Bytes that are kept of a body that nobody has asked for yet.
    static final int UNASKED = 1 << 14;

    /// Bytes of a body that nobody wants which are read so that the connection can go on; 1 MiB.
    private static final int MOST_FORGOTTEN = 1 << 20;

    private static final byte[] NOTHING = {};

    private final MemoryBudget memory;
    private final boolean chunked;
    private final long length;
    private final boolean expectsContinue;
    private byte[] bytes = NOTHING;
    private int size;
    private int most = UNASKED;
    private int owner = Slots.NONE;
    private boolean arrived;
    private long askedAt;
    private int taken;

    /// For the request's thread: the bytes when all have arrived, or a refusal.
    private volatile @Nullable Object outcome;

    private volatile @Nullable Thread waiting;

    RequestBody(HttpRequest head, MemoryBudget memory) {
        this.memory = memory;
        chunked = head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        var announced = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        // Netty has refused what is no number, and knows lengths that nobody sent: those of old WebSockets.
        length = chunked ? -1 : announced == null ? 0 : Long.parseLong(announced);
        expectsContinue = isSent() && HttpUtil.is100ContinueExpected(head);
        if (!isSent()) {
            arrived = true;
            outcome = NOTHING;
        }
    }

    private static Refusal tooLarge(int most) {
        return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body has more than " + most + " bytes.");
    }

    boolean isSent() {
        return chunked || length > 0;
    }

    /// The header that says how long it is.
    String framedBy() {
        return chunked ? "Transfer-Encoding" : "Content-Length";
    }

    BodyFrame frame() {
        return chunked ? BodyFrame.ofChunks() : BodyFrame.ofLength(length);
    }

    /// The whole body, for the request's thread, which waits for it; empty for none. `ask` runs before it waits, and
    /// leads to [#want]. Refuses one that has more than `mostBytes`, that is broken or late.
    byte[] whole(int mostBytes, Runnable ask) {
        if (length > mostBytes) {
            throw tooLarge(mostBytes);
        }
        if (outcome == null) {
            waiting = Thread.currentThread();
            ask.run();
            while (outcome == null) {
                LockSupport.park(this);
            }
        }
        if (outcome instanceof byte[] all) {
            if (all.length > mostBytes) {
                throw tooLarge(mostBytes);
            }
            return all;
        }
        throw (Refusal) outcome;
    }

    /// Whether it has arrived, or so little is left that it can be read after the answer and forgotten. For the
    /// request's thread.
    boolean canSettle() {
        var now = outcome;
        if (now != null) {
            return now instanceof byte[];
        }
        boolean held = expectsContinue && waiting == null;
        return !chunked && length <= MOST_FORGOTTEN && !held;
    }

    /// Takes up to so many bytes from now on, for an owner ([Slots]). True if the client waits to be told that it may
    /// send.
    boolean want(int mostBytes, int whose) {
        askedAt = System.nanoTime();
        most = mostBytes;
        owner = whose;
        return expectsContinue && outcome == null && size == 0;
    }

    /// Takes what has arrived, up to `count` bytes, and says how many that were.
    int take(ByteBuf in, int count) {
        if (outcome != null) {
            in.skipBytes(count);
            return count;
        }
        int fitting = Math.min(count, most - size);
        if (fitting < count && askedAt != 0) {
            refuse(tooLarge(most));
        } else if (!makeRoom(fitting)) {
            refuse(MemoryBudget.full());
        } else {
            in.readBytes(bytes, size, fitting);
            size += fitting;
            return fitting;
        }
        in.skipBytes(count);
        return count;
    }

    /// False if the server has no memory for so many more bytes.
    private boolean makeRoom(int count) {
        if (size + count <= bytes.length) {
            return true;
        }
        long enough = chunked ? most : Math.min(most, length);
        int next = (int) Math.min(enough, Math.max(size + count, 2L * bytes.length));
        if (next > UNASKED) {
            int more = memory.tryTake(next - (taken == 0 ? 0 : bytes.length), owner);
            if (more == 0) {
                return false;
            }
            taken += more;
        }
        bytes = Arrays.copyOf(bytes, next);
        return true;
    }

    /// Bytes that it holds beside those of the memory for large bodies.
    int held() {
        return taken == 0 ? bytes.length : 0;
    }

    /// Bytes that were kept so far.
    int size() {
        return size;
    }

    /// Gives back what it took of the memory for large bodies: it was answered, or its connection is gone.
    void release() {
        if (taken > 0) {
            memory.giveBack(taken, owner);
            taken = 0;
        }
    }

    /// The last of it has arrived.
    void end() {
        arrived = true;
        if (outcome == null) {
            finish(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        }
    }

    /// Ends the wait: nothing more of this body is of use. What was refused first stays.
    void refuse(Refusal why) {
        if (outcome == null) {
            finish(why);
        }
    }

    /// Keeps nothing of it any more: it was answered without.
    void forget() {
        if (outcome == null) {
            finish(NOTHING);
        }
    }

    private void finish(Object how) {
        bytes = NOTHING;
        outcome = how;
        var thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /// Whether all of it has arrived, kept or not.
    boolean hasArrived() {
        return arrived;
    }

    /// Since when its thread has been waiting for it (`System.nanoTime()`), or 0.
    long awaitedSince() {
        return outcome == null ? askedAt : 0;
    }
}
