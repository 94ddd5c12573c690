package tv.roster.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's decoder of HTTP/1.1, which also tells since when a request's head has been arriving, and takes no header
/// that is folded over several lines (RFC 9112, section 5.2, leaves that choice).
final class RequestDecoder extends HttpRequestDecoder {
    /// Bytes of a request line, and of all headers together.
    static final int LINE_LIMIT = 64 * 1024;

    static final int HEADERS_LIMIT = 16 * 1024;

    private static final int PIECE = 64 * 1024;

    private boolean inBody;
    private boolean broken;
    private long headSince;

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(LINE_LIMIT)
                .setMaxHeaderSize(HEADERS_LIMIT)
                .setMaxChunkSize(PIECE)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
    }

    /// When the first bytes of a request arrived whose head is not whole yet (`System.nanoTime()`), or 0.
    long headSince() {
        return headSince;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (broken) {
            buffer.skipBytes(buffer.readableBytes());
        } else if (inBody) {
            super.decode(context, buffer, out);
        } else if (isFolded(buffer)) {
            broken = true;
            buffer.skipBytes(buffer.readableBytes());
            var folded = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            folded.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("A header is folded")));
            out.add(folded);
        } else {
            boolean arriving = buffer.isReadable();
            super.decode(context, buffer, out);
            if (arriving && headSince == 0) {
                headSince = System.nanoTime();
            }
        }
        if (!out.isEmpty()) {
            headSince = 0;
            inBody = !(out.getLast() instanceof LastHttpContent);
        }
    }

    /// Whether a line of the head begins with white space. Lines that were read before are no longer in the buffer.
    private boolean isFolded(ByteBuf buffer) {
        int end = buffer.writerIndex();
        int at = buffer.readerIndex();
        boolean firstLine = headSince == 0;
        while (at < end) {
            byte begin = buffer.getByte(at);
            boolean empty = begin == '\r' || begin == '\n';
            if (!firstLine && empty) {
                return false;
            }
            if (!firstLine && (begin == ' ' || begin == '\t')) {
                return true;
            }
            firstLine &= empty;
            int lineEnd = buffer.indexOf(at, end, (byte) '\n');
            if (lineEnd < 0) {
                return false;
            }
            at = lineEnd + 1;
        }
        return false;
    }
}
