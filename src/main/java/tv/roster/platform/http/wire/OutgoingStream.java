package tv.roster.platform.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.sending.Outgoing;

/// A response that the request's thread writes while it is sent: it fills one piece, offers it to the connection's
/// event loop, and waits until the loop has taken it, which it does once the client has taken most of what came
/// before. So no more is held than a piece and what is on its way, however long the response is.
///
/// The two share no lock: a piece belongs to the thread until it is offered, and from then on to the loop.
final class OutgoingStream extends OutputStream implements Outgoing {
    /// Bytes of a piece; 32 KiB.
    static final int PIECE = 1 << 15;

    /// Bytes that frame a chunk, the last one included.
    private static final int FRAME = 32;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final Response response;
    private final ReceivedRequest request;
    private final Connection connection;
    private final BooleanSupplier leaving;
    private final boolean chunked;
    private final byte[] piece = new byte[PIECE];
    private int length;
    private long written;
    private byte @Nullable [] head;
    private boolean ending;
    private boolean last;
    private boolean failed;

    /// Of the loop.
    private boolean begun;

    private boolean over;

    private volatile boolean offered;
    private volatile boolean gone;
    private volatile @Nullable Thread writing;

    /// `leaving` says whether the server wants connections to end.
    OutgoingStream(Response response, ReceivedRequest request, Connection connection, BooleanSupplier leaving) {
        this.response = response;
        this.request = request;
        this.connection = connection;
        this.leaving = leaving;
        this.chunked = request.speaksChunks();
    }

    static long lengthFor(boolean chunked) {
        return chunked ? ResponseHead.CHUNKED : ResponseHead.UNTIL_CLOSED;
    }

    // What the thread does.

    /// Whether something of it was sent: then no other response can be.
    boolean hasBegun() {
        return head != null;
    }

    /// The bytes of the body that were written so far.
    long written() {
        return written;
    }

    /// Whether its client has left.
    boolean isGone() {
        return gone;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /// Waits for the client where it is behind. Throws if it has left, or takes nothing for too long.
    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int at = offset;
        int end = offset + count;
        while (at < end) {
            checkIsThere();
            int fitting = Math.min(end - at, PIECE - length);
            System.arraycopy(bytes, at, piece, length, fitting);
            length += fitting;
            written += fitting;
            at += fitting;
            if (length == PIECE) {
                offer();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (length > 0 || head == null) {
            offer();
        }
    }

    /// Sends the rest, and what says that it was all.
    void end() throws IOException {
        ending = true;
        offer();
    }

    /// Ends the connection, so that the client sees that this is not all. In chunks, the last one is missing; without
    /// them, only a reset connection differs from one that ends as it should.
    void abort() {
        connection.abort(!chunked);
    }

    private void checkIsThere() throws IOException {
        if (gone || failed) {
            throw new IOException("The client has left, or does not read the response");
        }
    }

    private void offer() throws IOException {
        checkIsThere();
        boolean first = head == null;
        if (first) {
            // The body may be read on meanwhile, and the connection then serves further requests.
            last = leaving.getAsBoolean() || !request.mightGoOn();
            head = ResponseHead.of(response, request, lengthFor(chunked), last);
        }
        if (ending) {
            last = last || leaving.getAsBoolean() || !request.mayGoOn();
        }
        writing = Thread.currentThread();
        offered = true;
        if (first) {
            connection.send(this);
        } else {
            connection.sendOn();
        }
        awaitTaken();
        length = 0;
    }

    private void awaitTaken() throws IOException {
        while (offered && !gone) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                failed = true;
                throw new InterruptedIOException();
            }
        }
        if (offered) {
            checkIsThere();
        }
    }

    // What the loop does.

    @Override
    public boolean hasNext() {
        return offered;
    }

    @Override
    public ByteBuf next(ByteBufAllocator allocator) {
        var start = Objects.requireNonNull(head);
        int startLength = begun ? 0 : start.length;
        var next = allocator.directBuffer(startLength + length + FRAME);
        next.writeBytes(start, 0, startLength);
        begun = true;
        if (!chunked) {
            next.writeBytes(piece, 0, length);
        } else if (length > 0) {
            next.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
            next.writeBytes(LINE_END).writeBytes(piece, 0, length).writeBytes(LINE_END);
        }
        if (ending) {
            over = true;
            next.writeBytes(LAST_CHUNK, 0, chunked ? LAST_CHUNK.length : 0);
        }
        offered = false;
        wake();
        return next;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public boolean isLast() {
        return last;
    }

    @Override
    public int remaining() {
        return PIECE;
    }

    @Override
    public void gone() {
        gone = true;
        wake();
    }

    private void wake() {
        var thread = writing;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
