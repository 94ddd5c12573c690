package tv.roster.platform.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Origin;
import tv.roster.platform.http.RequestId;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.receiving.Target;
import tv.roster.platform.http.sending.Outgoing;
import tv.roster.platform.jsonapi.ErrorDocument;
import tv.roster.platform.problems.Refusal;

/// A response whose bytes are all known.
final class OutgoingBytes implements Outgoing {
    private static final int PIECE = 1 << 16;

    private final byte[] head;
    private final ByteBuffer body;
    private final boolean last;
    private final Runnable whenGone;
    private boolean begun;

    private OutgoingBytes(byte[] head, ByteBuffer body, boolean last, Runnable whenGone) {
        this.head = head;
        // A position of its own: responses may be stored and sent again.
        this.body = body.duplicate();
        this.last = last;
        this.whenGone = whenGone;
    }

    /// The response to a request; of a streamed one, which is the response to HEAD, the head alone.
    ///
    /// @param last whether the connection ends with it
    /// @throws IllegalArgumentException if a header holds what none may hold (RFC 9110, section 5.5)
    static OutgoingBytes of(Response response, ReceivedRequest request, boolean last) {
        boolean headOnly = request.method().equals("HEAD");
        long length = response.writer() == null
                ? response.body().remaining()
                : OutgoingStream.lengthFor(request.speaksChunks());
        var head = ResponseHead.of(response, request, length, last);
        return new OutgoingBytes(head, headOnly ? Response.NO_BODY : response.body(), last, request::release);
    }

    /// The response to what could not be read, after which the connection ends; `head` is what could be read of it.
    static OutgoingBytes last(
            Refusal refusal, @Nullable HttpRequest head, Origin links, SocketAddress local, boolean secure) {
        var id = RequestId.of(head == null ? null : head.headers().get(RequestId.HEADER));
        var host = head == null ? null : head.headers().get(HttpHeaderNames.HOST);
        var origin = links.of(secure, host != null && Target.isAuthority(host) ? host : null, local);
        var response = ErrorDocument.response(refusal, id, origin);
        return new OutgoingBytes(ResponseHead.last(response, id, secure), response.body(), true, () -> {});
    }

    @Override
    public boolean isLast() {
        return last;
    }

    @Override
    public void gone() {
        whenGone.run();
    }

    @Override
    public int remaining() {
        return body.remaining();
    }

    @Override
    public boolean hasNext() {
        return !begun || body.hasRemaining();
    }

    @Override
    public boolean isOver() {
        return !hasNext();
    }

    /// Copied straight to where the socket takes it from: the body is copied nowhere else.
    @Override
    public ByteBuf next(ByteBufAllocator allocator) {
        int headLength = begun ? 0 : head.length;
        int length = Math.clamp(PIECE - headLength, 0, body.remaining());
        var piece = allocator.directBuffer(headLength + length);
        piece.writeBytes(head, 0, headLength).writeBytes(body.slice(body.position(), length));
        begun = true;
        body.position(body.position() + length);
        return piece;
    }
}
