package tv.roster.platform.http.receiving;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Netty's decoder of HTTP/1.1 for the heads of requests, with a stricter look at what it takes leniently
/// ([HeadRules]); bodies are framed by [BodyFrame]. It reads one request at a time: what a client sends ahead stays in
/// the buffer that it arrived in, and when that has something in it, nothing more is read.
public final class RequestDecoder extends HttpRequestDecoder {
    /// Bytes of a request line, and of all headers together.
    static final int LINE_LIMIT = 64 * 1024;

    static final int HEADERS_LIMIT = 16 * 1024;

    private enum Stage {
        HEAD,
        /// A head was read; what comes next is not looked at until somebody says what it is.
        HELD,
        BODY,
        /// The body's reader has enough for now.
        FULL,
        /// Nothing that comes is a request any more.
        OVER
    }

    /// Takes what the decoder finds, but for the heads of requests, which go down the pipeline.
    public interface Receiver extends BodyFrame.Taker {
        void bodyEnded();

        void bodyBroken();

        /// So many bytes came after the last request.
        void dropped(int bytes);
    }

    private final Receiver receiver;
    private final HeadRules rules = new HeadRules();
    private Stage stage = Stage.HEAD;
    private @Nullable BodyFrame frame;
    private @Nullable ChannelHandlerContext context;
    private boolean decoding;
    private long headSince;
    private int headBytes;
    private int longestHead;

    public RequestDecoder(Receiver receiver) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(LINE_LIMIT)
                .setMaxHeaderSize(HEADERS_LIMIT)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        this.receiver = receiver;
    }

    /// When the first bytes of a request arrived whose head is not whole yet (`System.nanoTime()`), or 0.
    public long headSince() {
        return headSince;
    }

    /// Bytes of the head that have arrived.
    public int headArrived() {
        return headBytes + actualReadableBytes();
    }

    /// Bytes that are held for what has arrived: the buffer, the head as text, and the room that Netty keeps for the
    /// longest line it has met.
    public int held() {
        return internalBuffer().capacity() + headBytes + longestHead;
    }

    /// Whether something has arrived that is not to be read yet.
    public boolean isHeldUp() {
        return (stage == Stage.HELD || stage == Stage.FULL) && actualReadableBytes() > 0;
    }

    /// Reads the body of the request whose head was the last.
    public void readBody(BodyFrame body) {
        frame = body;
        goOnWith(Stage.BODY);
    }

    /// Reads the body on, after its reader had enough.
    public void readOn() {
        if (stage == Stage.FULL) {
            goOnWith(Stage.BODY);
        }
    }

    /// Reads the next request, if the last one is over.
    public void readNext() {
        if (stage == Stage.HELD) {
            goOnWith(Stage.HEAD);
        }
    }

    /// Reads nothing but the rest of the body: no request will come any more.
    public void readNoMore() {
        if (frame == null) {
            stage = Stage.OVER;
        } else {
            goOnWith(Stage.BODY);
        }
    }

    private void goOnWith(Stage next) {
        stage = next;
        if (!decoding && actualReadableBytes() > 0) {
            channelRead(Objects.requireNonNull(context), Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext handler, Object input) {
        decoding = true;
        try {
            super.channelRead(handler, input);
        } catch (Exception e) {
            handler.fireExceptionCaught(e);
        } finally {
            decoding = false;
        }
    }

    /// Netty's own would read on where nothing was decoded, however much that is.
    @Override
    public void channelReadComplete(ChannelHandlerContext handler) {
        discardSomeReadBytes();
        handler.fireChannelReadComplete();
    }

    /// Netty's own would forget what has not been decoded yet; a client may close its direction and still wait for
    /// the responses to all that it sent.
    @Override
    public void userEventTriggered(ChannelHandlerContext handler, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            handler.fireUserEventTriggered(event);
        } else {
            super.userEventTriggered(handler, event);
        }
    }

    /// What was not decoded while the connection was there is of no use afterwards.
    @Override
    protected void decodeLast(ChannelHandlerContext handler, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    protected void decode(ChannelHandlerContext handler, ByteBuf in, List<Object> out) throws Exception {
        switch (stage) {
            case HEAD -> decodeHead(handler, in, out);
            case BODY -> decodeBody(in);
            case OVER -> {
                int dropped = in.readableBytes();
                in.skipBytes(dropped);
                receiver.dropped(dropped);
            }
            case HELD, FULL -> {}
        }
    }

    private void decodeHead(ChannelHandlerContext handler, ByteBuf in, List<Object> out) throws Exception {
        if (headSince == 0) {
            headSince = System.nanoTime();
            headBytes = 0;
        }
        var fault = rules.faultIn(in);
        if (fault == null) {
            int before = in.readableBytes();
            if (rules.hasBegun()) {
                super.decode(handler, in, out);
            }
            int decoded = before - in.readableBytes();
            rules.decoded(decoded);
            headBytes += decoded;
            longestHead = Math.max(longestHead, headBytes);
        } else {
            in.skipBytes(in.readableBytes());
            var unreadable = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            unreadable.setDecoderResult(DecoderResult.failure(fault));
            out.add(unreadable);
        }
        if (!out.isEmpty()) {
            // The end of a body, where Netty saw one, is not for Netty to report.
            while (out.size() > 1) {
                out.removeLast();
            }
            reset();
            rules.reset();
            headSince = 0;
            stage = Stage.HELD;
        }
    }

    private void decodeBody(ByteBuf in) {
        var current = Objects.requireNonNull(frame);
        switch (current.read(in, receiver)) {
            case INCOMPLETE -> {}
            case FULL -> stage = Stage.FULL;
            case ENDED -> {
                frame = null;
                stage = Stage.HELD;
                receiver.bodyEnded();
            }
            case BROKEN -> {
                frame = null;
                stage = Stage.OVER;
                receiver.bodyBroken();
            }
        }
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        rules.method(start, length);
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        rules.target(line, start, length);
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        rules.version(line, start, length);
        return super.splitThirdWordInitialLine(line, start, length);
    }
}
