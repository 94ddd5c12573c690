package tv.roster.platform.http.receiving;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.limits.MemoryBudget;

/// Takes what a client sends: the head of one request after the other, and the body of the last one. While something
/// has to wait, nothing is read from the socket. Runs on the connection's event loop.
public final class Receiving implements RequestDecoder.Receiver {
    /// Bytes of an unwanted body that are read so that its client sees the response; 16 MiB.
    private static final long MOST_DROPPED = 16 << 20;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Channel channel;
    private final Runnable whenBodyEnded;
    private final Runnable whenBodyBroken;
    private final RequestDecoder decoder = new RequestDecoder(this);
    private @Nullable RequestBody body;
    private long dropped;
    private boolean inputEnded;

    /// `whenBodyEnded` runs when the next request may come, `whenBodyBroken` when none will: it cannot be known where
    /// it would begin.
    public Receiving(Channel channel, Runnable whenBodyEnded, Runnable whenBodyBroken) {
        this.channel = channel;
        this.whenBodyEnded = whenBodyEnded;
        this.whenBodyBroken = whenBodyBroken;
    }

    /// What stands before the connection in the pipeline.
    public RequestDecoder decoder() {
        return decoder;
    }

    /// Bytes that it holds.
    public long held() {
        return (long) decoder.held() + (body == null ? 0 : body.held());
    }

    /// The body of a request whose head has arrived; it comes with [#receive].
    public RequestBody begin(HttpRequest head, MemoryBudget memory) {
        var sent = new RequestBody(head, memory);
        body = sent;
        return sent;
    }

    public void receive(RequestBody sent) {
        if (sent.isSent()) {
            decoder.readBody(sent.frame());
        }
    }

    /// Whether this is the body of the last request.
    public boolean isOf(RequestBody some) {
        return some == body;
    }

    /// Whether all of the body has arrived; not if it is not known how much that is.
    public boolean hasBodyArrived() {
        return body != null && body.hasArrived();
    }

    /// Whether the body is still to come, and no handler reads it.
    public boolean isBodyAwaited() {
        return body != null && !body.hasArrived() && !body.isStreamed();
    }

    public boolean isBodyLate(long timeoutNanos) {
        return body != null && body.isLate(timeoutNanos);
    }

    /// There is no body to be read.
    public void clear() {
        body = null;
    }

    /// Keeps nothing of the body any more.
    public void forget() {
        if (body != null) {
            body.forget();
            body.release();
        }
    }

    /// Reads from the socket, unless there is something that has to wait, or nothing will come.
    public void readOn() {
        boolean wanted = !decoder.isHeldUp();
        if (!inputEnded && channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    /// Lets the body come; `mayBeHeldBack`: its client waits for `100 Continue`.
    public void invite(RequestBody awaited, boolean mayBeHeldBack) {
        decoder.readOn();
        if (inputEnded) {
            cutShort();
        } else if (mayBeHeldBack && !awaited.hasArrived()) {
            var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
        readOn();
    }

    @Override
    public int take(ByteBuf in, int most) {
        var current = body;
        if (current == null) {
            in.skipBytes(most);
            return most;
        }
        int taken = current.take(in, most);
        if (taken < most) {
            // At once: Netty would read on sixteen times before it says that it has read.
            channel.config().setAutoRead(false);
        }
        return taken;
    }

    @Override
    public void bodyEnded() {
        if (body != null) {
            body.end();
        }
        whenBodyEnded.run();
    }

    @Override
    public void bodyBroken() {
        if (body != null) {
            body.refuse(Unreadable.brokenChunks());
        }
        whenBodyBroken.run();
    }

    @Override
    public void dropped(int bytes) {
        dropped += bytes;
        if (dropped > MOST_DROPPED) {
            var _ = channel.close();
        }
    }

    /// The client has sent its last.
    public void inputEnded() {
        inputEnded = true;
    }

    public boolean hasInputEnded() {
        return inputEnded;
    }

    /// Whether nothing of what the client has sent is left to be read.
    public boolean isExhausted() {
        return inputEnded && !decoder.isHeldUp();
    }

    /// Refuses a body whose end will not come. What is still in the decoder may yet be the whole of it.
    public void cutShort() {
        if (body != null && !body.hasArrived() && !decoder.isHeldUp()) {
            body.refuse(Unreadable.cutShort(body.framedBy()));
        }
    }

    public void refuseLateBody() {
        if (body != null) {
            body.refuse(Unreadable.lateBody());
        }
    }

    /// The connection is gone.
    public void giveUp() {
        if (body != null) {
            body.refuse(Unreadable.cutShort(body.framedBy()));
            body.release();
        }
    }
}
