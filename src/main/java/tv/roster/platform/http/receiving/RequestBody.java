package tv.roster.platform.http.receiving;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.limits.MemoryBudget;
import tv.roster.platform.http.limits.Slots;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The body of one request. The connection's event loop puts in what arrives, and alone touches it; the request's
/// thread asks for the whole of it, once it knows how much its route takes, and waits, or reads it as a
/// [BodyStream]. Little is kept of a body before it is asked for.
public final class RequestBody {
    /// Bytes that are kept of a body before it is asked for.
    public static final int UNASKED = 1 << 14;

    /// Bytes of an unwanted body that are read so that the connection can be used again; 1 MiB.
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

    /// Where the bytes go once a thread reads them as they arrive.
    private volatile @Nullable BodyStream stream;

    /// For the request's thread: the bytes when all have arrived, or a refusal.
    private volatile @Nullable Object outcome;

    private volatile @Nullable Thread waiting;

    public RequestBody(HttpRequest head, MemoryBudget memory) {
        this.memory = memory;
        chunked = head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        var announced = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        // Netty has refused what is no number, and reports lengths that were not sent: those of old WebSockets.
        length = chunked ? -1 : announced == null ? 0 : Long.parseLong(announced);
        expectsContinue = isSent() && HttpUtil.is100ContinueExpected(head);
        if (!isSent()) {
            arrived = true;
            outcome = NOTHING;
        }
    }

    static Refusal tooLarge(long most) {
        return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body has more than " + most + " bytes.");
    }

    static void refuseIfLonger(long bytes, long most) {
        if (bytes > most) {
            throw tooLarge(most);
        }
    }

    /// Refuses a length that the client has announced; that of chunks is not known yet.
    void refuseIfLonger(long most) {
        refuseIfLonger(length, most);
    }

    public boolean isSent() {
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
    public byte[] whole(int mostBytes, Runnable ask) {
        refuseIfLonger(mostBytes);
        if (outcome == null) {
            waiting = Thread.currentThread();
            ask.run();
            while (outcome == null) {
                LockSupport.park(this);
            }
        }
        if (outcome instanceof byte[] all) {
            refuseIfLonger(all.length, mostBytes);
            return all;
        }
        throw (Refusal) outcome;
    }

    /// Whether it has arrived, or so little is left that it can be read after the response and forgotten. For the
    /// request's thread.
    public boolean canSettle() {
        var now = outcome;
        if (now != null) {
            return now instanceof byte[];
        }
        var reading = stream;
        boolean held = expectsContinue && waiting == null && reading == null;
        long left = reading == null ? length : length - reading.arrived();
        return !chunked && left <= MOST_FORGOTTEN && !held;
    }

    /// Takes up to so many bytes from now on, for an owner ([Slots]). True if the client waits for permission to
    /// send.
    public boolean want(int mostBytes, int whose) {
        askedAt = System.nanoTime();
        most = mostBytes;
        owner = whose;
        return expectsContinue && outcome == null && size == 0;
    }

    /// Gives what has arrived and will arrive to a stream, whose window is one of the large bodies of an owner: it
    /// may last for long, and what strangers can fill must not end it. True if the client waits for permission to
    /// send.
    public boolean want(BodyStream reading, int whose) {
        if (outcome != null) {
            return false;
        }
        if (size > reading.most()) {
            refuse(tooLarge(reading.most()));
            return false;
        }
        owner = whose;
        int window = chunked ? BodyStream.WINDOW : (int) Math.min(BodyStream.WINDOW, length);
        taken = window > UNASKED ? memory.tryTake(window, owner) : 0;
        if (window > UNASKED && taken == 0) {
            refuse(MemoryBudget.full());
            return false;
        }
        reading.open(window, bytes, size);
        boolean isHeldBack = expectsContinue && size == 0;
        bytes = NOTHING;
        size = window;
        stream = reading;
        return isHeldBack;
    }

    /// Takes what has arrived, up to `count` bytes, and says how many that were.
    int take(ByteBuf in, int count) {
        if (outcome != null) {
            in.skipBytes(count);
            return count;
        }
        var reading = stream;
        if (reading != null) {
            return reading.put(in, count);
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
        return taken > 0 ? 0 : stream == null ? bytes.length : size;
    }

    /// Gives back what it took of the memory for large bodies: its response was sent, or its connection is gone.
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
            finish(stream != null ? NOTHING : size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        }
    }

    /// Ends the wait: nothing more of this body is of use. What was refused first stays.
    void refuse(Refusal why) {
        if (outcome == null) {
            finish(why);
        }
    }

    /// Discards it: the response was sent without it. To a stream that is read nevertheless, that is not its end.
    void forget() {
        if (outcome == null) {
            finish(stream == null ? NOTHING : Unreadable.cutShort(framedBy()));
        }
    }

    private void finish(Object how) {
        bytes = NOTHING;
        outcome = how;
        wake();
    }

    /// Lets a waiting thread look at what has changed.
    void wake() {
        var thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /// Says which thread to wake when something changes.
    void isAwaitedBy(@Nullable Thread thread) {
        waiting = thread;
    }

    /// The whole body, a refusal, or null as long as it may go on. A body that a stream has taken ends with no bytes.
    @Nullable
    Object outcome() {
        return outcome;
    }

    /// Whether a thread is at work with it while it arrives.
    public boolean isStreamed() {
        return stream != null;
    }

    /// The thread of a stream has taken so many bytes.
    public void freed(int count) {
        var reading = stream;
        if (reading != null) {
            reading.freed(count);
        }
    }

    /// Whether all of it has arrived, kept or not.
    boolean hasArrived() {
        return arrived;
    }

    /// Whether its thread has waited for it for too long.
    boolean isLate(long timeoutNanos) {
        var reading = stream;
        return outcome == null
                && (reading == null ? Pace.isLate(askedAt, size, timeoutNanos) : reading.isLate(timeoutNanos));
    }
}
