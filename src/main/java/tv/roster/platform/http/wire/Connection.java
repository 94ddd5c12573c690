package tv.roster.platform.http.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.eventloop.Loop;
import tv.roster.platform.http.limits.Buffers;
import tv.roster.platform.http.limits.MemoryBudget;
import tv.roster.platform.http.receiving.BodyStream;
import tv.roster.platform.http.receiving.Pace;
import tv.roster.platform.http.receiving.Receiving;
import tv.roster.platform.http.receiving.RequestBody;
import tv.roster.platform.http.receiving.RequestDecoder;
import tv.roster.platform.http.receiving.Target;
import tv.roster.platform.http.receiving.Unreadable;
import tv.roster.platform.http.sending.Outgoing;
import tv.roster.platform.http.sending.Sending;
import tv.roster.platform.problems.Refusal;

/// One client's connection: reads its requests one after the other, and sends the responses in that order. All of
/// it runs on the connection's event loop, but for [#send] and [#ask], which a request's thread calls.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private enum State {
        /// Waits for a request, or is receiving its head.
        OPEN,
        /// A request is being served.
        ANSWERING,
        /// The response was sent, and the rest of the body is still to come.
        SETTLING,
        /// The last response was sent; what comes is dropped until the client is gone.
        ENDED
    }

    private final Connections all;
    private final Serving serving;
    private final Loop loop;
    private final Channel channel;
    private final SocketAddress peer;
    private final SocketAddress local;
    private final @Nullable TlsHandler tls;
    private final boolean secure;
    private final Receiving receiving;
    private final RequestDecoder decoder;
    private final Sending sending;
    private final Worth worth;
    private State state = State.OPEN;

    /// The writing of the last response.
    private @Nullable ChannelFuture responseWritten;
    private long since = System.nanoTime();
    private boolean closing;

    /// `tls` is null for plain HTTP; `address` is where its client is counted ([Addresses]).
    Connection(Connections all, Serving serving, Loop loop, Channel channel, @Nullable TlsHandler tls, int address) {
        this.all = all;
        this.serving = serving;
        this.loop = loop;
        this.channel = channel;
        this.peer = channel.remoteAddress();
        this.local = channel.localAddress();
        this.tls = tls;
        this.secure = tls != null;
        this.worth = new Worth(all.held(), address);
        this.receiving = new Receiving(channel, this::bodyEnded, this::bodyBroken);
        this.decoder = receiving.decoder();
        this.sending = new Sending(channel, this::responded, serving::end);
    }

    /// What stands before it in the pipeline.
    RequestDecoder decoder() {
        return decoder;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (state == State.OPEN) {
            begin((HttpRequest) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        receiving.readOn();
        account();
    }

    /// Counts what the client makes the server hold; where all hold too much, somebody has to go.
    private void account() {
        if (worth.charge(closing ? 0 : held())) {
            all.shed(loop);
        }
    }

    private long held() {
        return receiving.held() + sending.held() + (tls == null ? 0 : tls.held());
    }

    /// How much it holds, times for how long: what its end would free.
    long burden() {
        return worth.burden(since);
    }

    int address() {
        return worth.address();
    }

    long since() {
        return since;
    }

    /// Whether nothing is being done for it.
    boolean mayBeClosed() {
        return !closing && (state != State.ANSWERING || receiving.isBodyAwaited());
    }

    /// What it is worth to keep it: the more, the more it was used for.
    int standing() {
        return state == State.ENDED ? 0 : worth.standing();
    }

    /// Reads nothing from it, until it is let in.
    void hold() {
        channel.config().setAutoRead(false);
    }

    /// Lets it in; false if it is gone already.
    boolean admit() {
        channel.config().setAutoRead(true);
        return channel.isActive();
    }

    /// A caller with a good key used it. From any thread.
    void callerIsKnown() {
        worth.callerIsKnown();
    }

    /// Closes it at once, to make room. A client that was sending gets a response, if it still reads.
    void shed() {
        closing = true;
        account();
        boolean mayBeTold = state == State.OPEN || (state == State.ANSWERING && !sending.isUnderWay());
        if (mayBeTold && (tls == null || tls.isReady())) {
            var response = OutgoingBytes.last(MemoryBudget.full(), null, serving.links(), local, secure);
            var _ = channel.writeAndFlush(response.next(channel.alloc()));
        }
        close();
    }

    private void begin(HttpRequest head) {
        since = System.nanoTime();
        var target = Target.of(head.uri());
        var fault = Unreadable.fault(head, target, serving.servesOldHttp());
        if (fault != null) {
            refuse(fault, head);
            return;
        }
        var sent = receiving.begin(head, serving.memory());
        state = State.ANSWERING;
        serving.begin(new ReceivedRequest(head, target, sent, this), this);
        receiving.receive(sent);
    }

    Loop loop() {
        return loop;
    }

    /// The socket's other end.
    SocketAddress peer() {
        return peer;
    }

    boolean isSecure() {
        return secure;
    }

    /// Where the links of a response to a request with this `Host` begin.
    String originFor(@Nullable String authority) {
        return serving.links().of(secure, authority, local);
    }

    MemoryBudget memory() {
        return serving.memory();
    }

    Buffers buffers() {
        return all.buffers(loop);
    }

    /// Lets the body come that the request's thread waits for, up to so many bytes. From any thread.
    void ask(RequestBody awaited, int most, int owner) {
        loop.netty().execute(() -> {
            if (isOfInterest(awaited)) {
                receiving.invite(awaited, awaited.want(most, owner));
            }
        });
    }

    /// Lets the body come that the request's thread reads. From any thread.
    void ask(RequestBody awaited, BodyStream stream, int owner) {
        loop.netty().execute(() -> {
            if (isOfInterest(awaited)) {
                boolean mayBeHeldBack = awaited.want(stream, owner);
                // In the middle of a response, nothing else can be sent.
                receiving.invite(awaited, mayBeHeldBack && !sending.isUnderWay());
                account();
            }
        });
    }

    /// Reads on, after a request's thread has taken so many bytes of its body. From any thread.
    void freed(RequestBody read, int bytes) {
        loop.netty().execute(() -> {
            read.freed(bytes);
            if (isOfInterest(read)) {
                since = System.nanoTime();
                receiving.invite(read, false);
                account();
            }
        });
    }

    private boolean isOfInterest(RequestBody some) {
        return state == State.ANSWERING && receiving.isOf(some);
    }

    private void bodyEnded() {
        if (state == State.SETTLING) {
            open();
            readNext();
        } else if (state == State.ENDED) {
            closeWhenWritten();
        }
    }

    private void bodyBroken() {
        if (state == State.SETTLING || state == State.ENDED) {
            closeWhenWritten();
        }
    }

    /// The response may still be on its way: what ends the body can be known before the response is flushed.
    private void closeWhenWritten() {
        if (responseWritten == null) {
            close();
        } else {
            responseWritten.addListener(done -> close());
        }
    }

    private void open() {
        state = State.OPEN;
        receiving.clear();
    }

    /// Rejects what is not a request, and ends the connection.
    private void refuse(Refusal refusal, @Nullable HttpRequest head) {
        serving.begin();
        serving.noRequest(refusal);
        receiving.clear();
        write(OutgoingBytes.last(refusal, head, serving.links(), local, secure));
    }

    /// Sends the response to the request under way. From any thread.
    void send(Outgoing response) {
        loop.netty().execute(() -> write(response));
    }

    /// Sends the next piece of the response under way. From any thread.
    void sendOn() {
        loop.netty().execute(() -> {
            if (sending.isUnderWay()) {
                since = System.nanoTime();
                sending.goOn();
                goOn();
            }
        });
    }

    /// Ends it in the middle of a response; with `reset` so that the client cannot take that for the end. From any
    /// thread.
    void abort(boolean reset) {
        loop.netty().execute(() -> {
            if (reset) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            close();
        });
    }

    private void write(Outgoing response) {
        since = System.nanoTime();
        sending.begin(response);
        goOn();
    }

    /// After something was sent, or could be, or after the client has sent its last.
    private void goOn() {
        account();
        readNext();
        if (state != State.OPEN || !receiving.isExhausted()) {
            receiving.readOn();
        } else if (decoder.headSince() != 0) {
            refuse(Unreadable.noRequest(), null);
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// Reads the next request; it waits for a client that does not read its responses.
    private void readNext() {
        if (state == State.OPEN && channel.isWritable()) {
            decoder.readNext();
        }
    }

    private void responded(Outgoing response, ChannelFuture written) {
        boolean moreToCome = !receiving.hasBodyArrived();
        worth.isServed();
        responseWritten = written;
        receiving.forget();
        if (response.isLast()) {
            state = State.ENDED;
            decoder.readNoMore();
            written.addListener(done -> leave(moreToCome));
        } else if (moreToCome) {
            state = State.SETTLING;
            decoder.readOn();
            if (state == State.SETTLING && receiving.isExhausted()) {
                // The end of the input was met before the response, and nothing else would end the wait.
                state = State.ENDED;
                written.addListener(done -> close());
            }
        } else {
            open();
        }
    }

    /// After the last response. A client that still sends would lose the response if the connection were closed at
    /// once (RFC 9112, section 9.6): so only our direction is closed, and what it sends is dropped until it is
    /// done.
    private void leave(boolean moreToCome) {
        if (receiving.hasInputEnded() || !moreToCome) {
            close();
        } else if (!secure && channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        sending.goOn();
        goOn();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            receiving.inputEnded();
            endOfInput();
        } else if (event instanceof SslHandshakeCompletionEvent) {
            account();
        }
    }

    private void endOfInput() {
        switch (state) {
            case OPEN -> goOn();
            case ANSWERING -> receiving.cutShort();
            case SETTLING, ENDED -> closeWhenWritten();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        receiving.giveUp();
        sending.giveUp();
        state = State.ENDED;
        closing = true;
        account();
        all.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Not its message: that of a failed TLS handshake repeats what the client sent.
        LOG.debug("A connection broke: {}", cause.getClass().getName());
        close();
    }

    /// Looks from time to time whether the client takes longer than `timeoutNanos` to send what it has begun, or does
    /// nothing for `idleNanos`.
    void look(long timeoutNanos, long idleNanos) {
        switch (state) {
            case OPEN -> lookAtHead(timeoutNanos, idleNanos);
            case ANSWERING -> lookAtBody(timeoutNanos, idleNanos);
            case SETTLING, ENDED -> closeAfter(timeoutNanos);
        }
    }

    private void lookAtHead(long timeoutNanos, long idleNanos) {
        if (Pace.isLate(decoder.headSince(), decoder.headArrived(), timeoutNanos)) {
            refuse(Unreadable.lateHeaders(), null);
        } else {
            closeAfter(worth.wasServed() ? idleNanos : Math.min(timeoutNanos, idleNanos));
        }
    }

    private void lookAtBody(long timeoutNanos, long idleNanos) {
        if (receiving.isBodyLate(timeoutNanos)) {
            receiving.refuseLateBody();
        }
        if (sending.isHeldUp()) {
            closeAfter(idleNanos);
        }
    }

    private void closeAfter(long nanos) {
        if (Pace.isOver(since, nanos)) {
            close();
        }
    }

    /// Closes it unless a request has begun to arrive. From any thread.
    void closeIfIdle() {
        loop.netty().execute(() -> {
            if (state == State.OPEN && decoder.headSince() == 0) {
                close();
            }
        });
    }

    void close() {
        var _ = channel.close();
    }
}
