package tv.roster.platform.outgoing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One connection: sends a request, reads what is kept of its response, and then waits for the next one. Everything
/// happens on the connection's event loop.
final class Exchange extends SimpleChannelInboundHandler<HttpObject> {
    /// The most bytes of a response, its head included, for which the connection is not closed.
    private static final int MOST_BYTES = 64 << 10;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Line line;
    private final Channel channel;
    private @Nullable Attempt attempt;
    private boolean reused;
    private boolean staysOpen;
    private long received;
    private volatile long idleSince;

    Exchange(Line line, Channel channel) {
        this.line = line;
        this.channel = channel;
    }

    /// Sends a request on this connection, which has none under way.
    void begin(Attempt next) {
        if (channel.eventLoop().inEventLoop()) {
            send(next);
        } else {
            channel.eventLoop().execute(() -> send(next));
        }
    }

    private void send(Attempt next) {
        attempt = next;
        received = 0;
        next.uses(channel);
        if (next.isOver()) {
            return;
        }
        if (!channel.isActive()) {
            closed();
            return;
        }
        var message = next.message();
        var destination = line.destination();
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, destination.path(), Unpooled.wrappedBuffer(message.body()));
        var headers = request.headers();
        headers.set(HttpHeaderNames.HOST, destination.authority());
        message.headers().forEach(headers::set);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, message.body().length);
        var _ = channel.writeAndFlush(request, channel.voidPromise());
    }

    boolean isUsable(long longestIdleNanos) {
        return channel.isActive() && System.nanoTime() - idleSince < longestIdleNanos;
    }

    void close() {
        var _ = channel.close();
    }

    /// Counts the bytes of the response before they are parsed.
    ChannelInboundHandlerAdapter counting() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                received += bytes instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
                context.fireChannelRead(bytes);
                if (received > MOST_BYTES && attempt != null) {
                    abort("The response was not read after its first " + (MOST_BYTES >> 10) + " KiB.");
                }
            }
        };
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        var current = attempt;
        if (current == null || current.isOver()) {
            var _ = channel.close();
            return;
        }
        if (part.decoderResult().isFailure()) {
            abort(current.hasStatus() ? "The response ended in what is not HTTP." : "The response was not HTTP.");
            return;
        }
        if (part instanceof HttpResponse head && !isInterim(head)) {
            current.responds(head.status().code(), head.headers().get(HttpHeaderNames.RETRY_AFTER));
            staysOpen = HttpUtil.isKeepAlive(head);
        }
        if (part instanceof HttpContent content && current.hasStatus()) {
            keep(current, content.content());
            if (part instanceof LastHttpContent) {
                finish(current);
            }
        }
    }

    private static boolean isInterim(HttpResponse head) {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && head.status().code() != SWITCHING_PROTOCOLS;
    }

    private static void keep(Attempt current, ByteBuf content) {
        int bytes = Math.min(content.readableBytes(), current.room());
        content.getBytes(content.readerIndex(), current.kept(), current.keep(bytes), bytes);
    }

    private void finish(Attempt current) {
        attempt = null;
        reused = true;
        idleSince = System.nanoTime();
        if (staysOpen) {
            line.isFree(this);
        } else {
            var _ = channel.close();
        }
        current.end(null);
    }

    private void abort(String detail) {
        var current = attempt;
        attempt = null;
        if (current != null) {
            current.abort(detail);
        }
        var _ = channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed();
    }

    private void closed() {
        line.isGone(this);
        var current = attempt;
        attempt = null;
        if (current == null) {
            return;
        }
        if (reused && received == 0 && !current.isOver()) {
            // The server closed a connection that had been idle: that says nothing about this request.
            line.again(current);
        } else {
            current.end("The connection was closed before the response was complete.");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof IOException && reused && received == 0) {
            var _ = channel.close();
        } else {
            abort(Line.reason(failure));
        }
    }
}
