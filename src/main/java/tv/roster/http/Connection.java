package tv.roster.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.eventloop.Loop;
import tv.roster.jsonapi.Refusal;

/// One client's connection: takes its requests one after the other, and gives the answers in that order. All of it runs
/// on the connection's event loop, but for [#send], by which a request's thread hands over its answer.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long IDLE_LIMIT_NANOS = Duration.ofSeconds(75).toNanos();

    /// Bytes of a body that nobody wanted which are read so that its client sees the answer; 16 MiB.
    private static final long MOST_DROPPED = 16 << 20;

    /// Parts of requests that wait for an earlier answer; beyond it, nothing more is read for now.
    private static final int MOST_WAITING = 64;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        /// Waits for a request, or is receiving its head.
        OPEN,
        /// A request is being answered.
        ANSWERING,
        /// Answered, and what is left of the body is still to come.
        SETTLING,
        /// Answered for the last time; what comes is dropped until the client is gone.
        ENDED
    }

    private final HttpServer server;
    private final Loop loop;
    private final Buffers buffers;
    private final RequestDecoder decoder;
    private final Channel channel;
    private final boolean secure;
    private final Sending sending;
    private final Deque<HttpObject> waiting = new ArrayDeque<>();
    private State state = State.OPEN;
    private @Nullable RequestBody body;
    private long since = System.nanoTime();
    private long dropped;
    private boolean inputEnded;

    Connection(HttpServer server, Loop loop, Buffers buffers, Channel channel, RequestDecoder decoder, boolean secure) {
        this.server = server;
        this.loop = loop;
        this.buffers = buffers;
        this.channel = channel;
        this.decoder = decoder;
        this.secure = secure;
        this.sending = new Sending(channel, this::answered, server::end);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var part = (HttpObject) message;
        if (state == State.ENDED) {
            drop(part);
        } else {
            waiting.add(part);
            deliver();
        }
    }

    /// Hands out what has arrived, as far as its turn has come.
    private void deliver() {
        while (!waiting.isEmpty() && mayTake(waiting.element())) {
            take(waiting.remove());
        }
        if (inputEnded && state == State.OPEN && waiting.isEmpty()) {
            close();
        } else {
            readOn();
        }
    }

    private boolean mayTake(HttpObject part) {
        return !(part instanceof HttpRequest) || (state == State.OPEN && channel.isWritable());
    }

    private void readOn() {
        var current = body;
        boolean wanted =
                state == State.ENDED || (waiting.size() < MOST_WAITING && (current == null || !current.isFull()));
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    private void take(HttpObject part) {
        if (part instanceof HttpRequest head) {
            begin(head);
        }
        if (part instanceof HttpContent content) {
            try {
                receive(content);
            } finally {
                content.release();
            }
        }
    }

    private void begin(HttpRequest head) {
        since = System.nanoTime();
        var fault = Unreadable.fault(head, server.servesOldHttp());
        if (fault != null) {
            refuse(fault, head);
            return;
        }
        var sent = new RequestBody(head);
        sent.whenAsked(() -> loop.netty().execute(() -> invite(sent)));
        body = sent;
        state = State.ANSWERING;
        var request = new Request(
                head,
                sent,
                server.memory(),
                buffers,
                channel.remoteAddress(),
                channel.localAddress(),
                secure,
                server.links());
        server.begin();
        if (server.admits()) {
            loop.start(() -> server.serve(request, this));
        } else {
            server.turnAway(request, this, loop.netty());
        }
    }

    /// Lets a body come that the request's thread waits for.
    private void invite(RequestBody awaited) {
        if (awaited == body && state == State.ANSWERING) {
            if (inputEnded) {
                awaited.refuse(Unreadable.cutShort(awaited));
            } else if (awaited.wantsContinue()) {
                var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
            }
            readOn();
        }
    }

    private void receive(HttpContent content) {
        var current = body;
        if (current == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            current.refuse(Unreadable.brokenChunks());
            if (state == State.SETTLING) {
                close();
            }
            return;
        }
        boolean last = content instanceof LastHttpContent;
        current.add(content.content(), last);
        if (last && state == State.SETTLING) {
            open();
        }
    }

    private void open() {
        state = State.OPEN;
        body = null;
    }

    /// Answers what is no request, and ends the connection.
    private void refuse(Refusal refusal, @Nullable HttpRequest head) {
        server.begin();
        body = null;
        write(Unreadable.answer(refusal, head, server.links(), channel.localAddress(), secure));
    }

    /// Gives the answer to the request under way. From any thread.
    void send(Outgoing answer) {
        loop.netty().execute(() -> write(answer));
    }

    private void write(Outgoing answer) {
        since = System.nanoTime();
        sending.begin(answer);
        deliver();
    }

    private void answered(Outgoing answer, ChannelFuture written) {
        var current = body;
        if (answer.isLast()) {
            state = State.ENDED;
            dropWaiting();
            boolean moreToCome = current == null || !current.hasArrived();
            written.addListener(done -> leave(moreToCome));
        } else if (current == null || current.hasArrived()) {
            open();
        } else {
            state = State.SETTLING;
            current.forget();
        }
    }

    /// After the last answer. A client that still sends would lose the answer if the connection were closed at once
    /// (RFC 9112, section 9.6): so only our direction is closed, and what it sends is dropped until it is done.
    private void leave(boolean moreToCome) {
        if (inputEnded || !moreToCome) {
            close();
        } else if (!secure && channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
    }

    private void drop(HttpObject part) {
        if (part instanceof HttpContent content) {
            dropped += content.content().readableBytes();
        }
        ReferenceCountUtil.release(part);
        if (dropped > MOST_DROPPED || part instanceof LastHttpContent) {
            close();
        }
    }

    private void dropWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        sending.goOn();
        deliver();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            endOfInput();
        }
    }

    private void endOfInput() {
        switch (state) {
            case OPEN -> {
                if (waiting.isEmpty() && decoder.headSince() != 0) {
                    refuse(Unreadable.noRequest(), null);
                } else {
                    deliver();
                }
            }
            case ANSWERING -> cutShort();
            case SETTLING, ENDED -> close();
        }
    }

    private void cutShort() {
        if (body != null && !body.hasArrived()) {
            body.refuse(Unreadable.cutShort(body));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cutShort();
        sending.giveUp();
        state = State.ENDED;
        dropWaiting();
        server.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection broke: {}", cause.toString());
        close();
    }

    /// Looks from time to time whether the client takes longer than `timeoutNanos`. From any thread.
    void look(long timeoutNanos) {
        loop.netty().execute(() -> {
            switch (state) {
                case OPEN -> lookAtHead(timeoutNanos);
                case ANSWERING -> lookAtBody(timeoutNanos);
                case SETTLING, ENDED -> closeAfter(timeoutNanos);
            }
        });
    }

    private void lookAtHead(long timeoutNanos) {
        if (isOver(decoder.headSince(), timeoutNanos)) {
            refuse(Unreadable.lateHeaders(), null);
        } else {
            closeAfter(IDLE_LIMIT_NANOS);
        }
    }

    private void lookAtBody(long timeoutNanos) {
        if (body != null && isOver(body.awaitedSince(), timeoutNanos)) {
            body.refuse(Unreadable.lateBody());
        }
        if (sending.isUnderWay()) {
            closeAfter(IDLE_LIMIT_NANOS);
        }
    }

    private void closeAfter(long nanos) {
        if (isOver(since, nanos)) {
            close();
        }
    }

    /// Whether a time is longer ago than this; never for 0.
    private static boolean isOver(long begin, long nanos) {
        return begin != 0 && System.nanoTime() - begin > nanos;
    }

    void close() {
        var _ = channel.close();
    }
}
