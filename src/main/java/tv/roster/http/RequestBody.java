package tv.roster.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// The body of one request: the connection puts in what arrives, and the request's thread waits for the whole of it, if
/// it asks. What is beyond the limit is not kept, and little is kept of what nobody has asked for.
final class RequestBody {
    /// Bytes a body may have, but for bulk calls: 1 MiB.
    private static final int LIMIT = 1 << 20;

    /// Bytes that are kept of a body that nobody has asked for yet.
    private static final int UNASKED = 1 << 16;

    private static final byte[] NOTHING = {};

    private final boolean chunked;
    private final long length;
    private final boolean expectsContinue;
    private byte[] bytes = NOTHING;
    private int size;
    private boolean arrived;
    private @Nullable Refusal refusal;
    private @Nullable Thread waiting;
    private @Nullable Runnable whenAsked;
    private long askedAt;
    private volatile boolean done;

    RequestBody(HttpRequest head) {
        chunked = head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        length = chunked ? -1 : HttpUtil.getContentLength(head, 0L);
        expectsContinue = isSent() && HttpUtil.is100ContinueExpected(head);
        if (length > LIMIT) {
            refuse(tooLarge());
        }
    }

    private static Refusal tooLarge() {
        return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body has more than " + LIMIT + " bytes.");
    }

    boolean isChunked() {
        return chunked;
    }

    boolean isSent() {
        return chunked || length > 0;
    }

    /// How many bytes it may come to; 0 where it is whole already, or refused.
    long mostBytes() {
        if (done) {
            return 0;
        }
        return chunked ? LIMIT : length;
    }

    /// What the connection does when the request's thread first asks for a body that is not there yet.
    void whenAsked(Runnable action) {
        whenAsked = action;
    }

    /// The whole body, for the request's thread, which waits for it; empty for none. Refuses one that is too large,
    /// broken or late.
    byte[] bytes() {
        if (!done) {
            awaitAll();
        }
        synchronized (this) {
            if (refusal != null) {
                throw refusal;
            }
            if (size < bytes.length) {
                bytes = Arrays.copyOf(bytes, size);
            }
            return bytes;
        }
    }

    private void awaitAll() {
        synchronized (this) {
            waiting = Thread.currentThread();
            askedAt = System.nanoTime();
        }
        if (whenAsked != null) {
            whenAsked.run();
        }
        while (!done) {
            LockSupport.park(this);
        }
    }

    /// Takes a part that has arrived.
    synchronized void add(ByteBuf part, boolean last) {
        if (!done) {
            append(part);
        }
        if (last) {
            arrived = true;
            finish();
        }
    }

    private void append(ByteBuf part) {
        int more = part.readableBytes();
        if (size + more > LIMIT) {
            refuse(tooLarge());
            return;
        }
        if (size + more > bytes.length) {
            long expected = chunked ? 2L * bytes.length : Math.min(length, 2L * bytes.length + UNASKED);
            bytes = Arrays.copyOf(bytes, (int) Math.max(size + more, expected));
        }
        part.readBytes(bytes, size, more);
        size += more;
    }

    /// Ends the wait: nothing more of this body is of use. What was refused first stays.
    synchronized void refuse(Refusal why) {
        if (!done) {
            refusal = why;
            bytes = NOTHING;
            size = 0;
            finish();
        }
    }

    /// Keeps nothing of it any more: it was answered without.
    synchronized void forget() {
        bytes = NOTHING;
        size = 0;
        done = true;
    }

    private void finish() {
        done = true;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /// Whether all of it has arrived, kept or not.
    synchronized boolean hasArrived() {
        return arrived;
    }

    /// Since when its thread has been waiting for it (`System.nanoTime()`), or 0.
    synchronized long awaitedSince() {
        return done ? 0 : askedAt;
    }

    /// Whether enough is kept for now.
    synchronized boolean isFull() {
        return !done && waiting == null && size >= UNASKED;
    }

    /// Whether the client waits to be told that it may send.
    synchronized boolean wantsContinue() {
        return expectsContinue && !done && size == 0;
    }

    /// Whether it has arrived, or so little is left that it can be read after the answer and forgotten.
    synchronized boolean canSettle() {
        boolean held = expectsContinue && waiting == null && size == 0;
        return arrived || (refusal == null && !chunked && length <= LIMIT && !held);
    }
}
