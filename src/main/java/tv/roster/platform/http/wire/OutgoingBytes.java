package tv.roster.platform.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import tv.roster.platform.http.Answer;

/// An answer whose bytes are all there.
final class OutgoingBytes implements Outgoing {
    private static final int PIECE = 1 << 16;

    private final byte[] head;
    private final ByteBuffer body;
    private final boolean last;
    private final Runnable whenGone;
    private boolean begun;

    private OutgoingBytes(byte[] head, ByteBuffer body, boolean last, Runnable whenGone) {
        this.head = head;
        // A reader of its own: answers may be kept, and given again.
        this.body = body.duplicate();
        this.last = last;
        this.whenGone = whenGone;
    }

    /// The answer to a request; of one that is streamed, which is the answer to HEAD, the head alone.
    ///
    /// @param last whether the connection ends with it
    /// @throws IllegalArgumentException if a header holds what none may hold (RFC 9110, section 5.5)
    static OutgoingBytes of(Answer answer, ReceivedRequest request, boolean last) {
        boolean headOnly = request.method().equals("HEAD");
        long length =
                answer.writer() == null ? answer.body().remaining() : OutgoingStream.lengthFor(request.speaksChunks());
        var head = ResponseHead.of(answer, request, length, last);
        return new OutgoingBytes(head, headOnly ? Answer.NO_BODY : answer.body(), last, request::release);
    }

    /// The answer to what is no request, and the end of the connection.
    static OutgoingBytes last(Answer answer, String requestId, boolean secure) {
        return new OutgoingBytes(ResponseHead.last(answer, requestId, secure), answer.body(), true, () -> {});
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
