package tv.roster.platform.http.receiving;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.Refusal;

/// The body of a request as the request's thread reads it while it arrives: through a window, which the connection's
/// event loop fills and the thread empties. While the window is full, nothing is read from the socket, so that the
/// client has to wait for the thread.
///
/// The two share no lock: the loop alone counts what is in the window, and publishes how much has arrived in all; the
/// thread reports to the loop what it has taken, half a window at a time.
public final class BodyStream extends InputStream {
    /// Bytes that a client may be ahead of the thread; 64 KiB.
    public static final int WINDOW = 1 << 16;

    private final RequestBody body;
    private final long most;
    private final Source source;

    /// Set by the loop before the first bytes are published; where all have arrived before that, by the thread.
    private byte @Nullable [] window;

    /// For the loop.
    private int used;

    private long ratedWaiting;
    private long ratedBytes;

    /// Written by the loop.
    private volatile long arrived;

    /// Written by the thread.
    private volatile long waitingSince;

    private volatile long waited;
    private long read;
    private int unreported;
    private boolean asked;

    /// Where the bytes come from. Called by the thread.
    public interface Source {
        /// Lets the body come.
        void ask();

        /// There is room for so many more bytes.
        void freed(int bytes);
    }

    public BodyStream(RequestBody body, long most, Source source) {
        this.body = body;
        this.most = most;
        this.source = source;
    }

    // What the thread does.

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// Reads what is there, and waits if nothing is. Refuses a body that has more bytes than the route takes, that is
    /// broken, cut short or late.
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, await());
        if (count == 0) {
            return -1;
        }
        var from = Objects.requireNonNull(window);
        int at = (int) (read % from.length);
        int first = Math.min(count, from.length - at);
        System.arraycopy(from, at, into, offset, first);
        System.arraycopy(from, 0, into, offset + first, count - first);
        read += count;
        unreported += count;
        if (unreported >= from.length / 2) {
            source.freed(unreported);
            unreported = 0;
        }
        return count;
    }

    /// Bytes that are there to be read; 0 at the end of the body.
    private int await() throws IOException {
        if (!asked) {
            asked = true;
            body.refuseIfLonger(most);
            source.ask();
        }
        while (true) {
            // Looked at before the bytes: when the body has ended, no more of them come.
            var outcome = body.outcome();
            if (outcome instanceof byte[] all && window == null) {
                RequestBody.refuseIfLonger(all.length, most);
                window = all;
                arrived = all.length;
            }
            int there = (int) (arrived - read);
            if (there > 0 || outcome instanceof byte[]) {
                return there;
            }
            if (outcome != null) {
                throw (Refusal) outcome;
            }
            pause();
        }
    }

    /// Waits for the next bytes. The time is the client's, which has to send at the least rate.
    private void pause() throws InterruptedIOException {
        long before = waited;
        long start = System.nanoTime();
        waitingSince = start;
        body.isAwaitedBy(Thread.currentThread());
        while (body.outcome() == null && arrived == read) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedIOException();
            }
        }
        body.isAwaitedBy(null);
        waitingSince = 0;
        waited = before + System.nanoTime() - start;
    }

    // What the loop does.

    /// Begins with what has arrived before the thread asked.
    void open(int length, byte[] early, int size) {
        var opened = new byte[length];
        System.arraycopy(early, 0, opened, 0, size);
        window = opened;
        used = size;
        arrived = size;
        body.wake();
    }

    /// Takes up to `count` bytes, and returns how many there was room for. More than the route takes are refused.
    int put(ByteBuf in, int count) {
        long before = arrived;
        int wanted = (int) Math.min(count, most - before);
        var into = Objects.requireNonNull(window);
        int fitting = Math.min(wanted, into.length - used);
        int at = (int) (before % into.length);
        int first = Math.min(fitting, into.length - at);
        in.readBytes(into, at, first);
        in.readBytes(into, 0, fitting - first);
        used += fitting;
        arrived = before + fitting;
        body.wake();
        if (fitting == wanted && wanted < count) {
            body.refuse(RequestBody.tooLarge(most));
            in.skipBytes(count - fitting);
            return count;
        }
        return fitting;
    }

    /// The thread has taken so many bytes.
    void freed(int bytes) {
        used -= bytes;
    }

    /// Whether the client made the thread wait and sent too little meanwhile. The time that the thread itself needs is
    /// not counted, and the rate is looked at anew after each third of the timeout: a client that was fast for long
    /// may not be slow for longer.
    boolean isLate(long timeoutNanos) {
        long since = waitingSince;
        long waiting = waited + (since == 0 ? 0 : System.nanoTime() - since) - ratedWaiting;
        if (!Pace.isLong(waiting, timeoutNanos)) {
            return false;
        }
        boolean late = Pace.isTooSlow(waiting, arrived - ratedBytes, timeoutNanos);
        ratedWaiting += waiting;
        ratedBytes = arrived;
        return late;
    }

    long most() {
        return most;
    }

    /// Bytes that have arrived so far. From any thread.
    public long arrived() {
        return arrived;
    }
}
