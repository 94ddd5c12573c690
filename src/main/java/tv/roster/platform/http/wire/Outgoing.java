package tv.roster.platform.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.util.Map;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.RequestId;

/// An answer as it goes out: its bytes by pieces, and whether the connection ends with it.
final class Outgoing {
    private static final int PIECE = 1 << 16;
    private static final int USUAL_HEAD = 512;

    private final byte[] head;
    private final ByteBuffer body;
    private final boolean last;
    private final Runnable whenGone;
    private boolean begun;

    private Outgoing(byte[] head, ByteBuffer body, boolean last, Runnable whenGone) {
        this.head = head;
        // A reader of its own: answers may be kept, and given again.
        this.body = body.duplicate();
        this.last = last;
        this.whenGone = whenGone;
    }

    /// The answer to a request.
    ///
    /// @param last whether the connection ends with it
    /// @throws IllegalArgumentException if a header holds what none may hold (RFC 9110, section 5.5)
    static Outgoing of(Answer answer, ReceivedRequest request, boolean last) {
        var head = head(answer, request.id(), request.told(), request.isSecure(), last);
        boolean headOnly = request.method().equals("HEAD");
        return new Outgoing(ascii(head.toString()), headOnly ? Answer.NO_BODY : answer.body(), last, request::release);
    }

    /// The answer to what is no request, and the end of the connection.
    static Outgoing last(Answer answer, String requestId, boolean secure) {
        var head = head(answer, requestId, Map.of(), secure, true);
        return new Outgoing(ascii(head.toString()), answer.body(), true, () -> {});
    }

    private static StringBuilder head(
            Answer answer, String requestId, Map<String, String> told, boolean secure, boolean last) {
        var head = new StringBuilder(USUAL_HEAD);
        head.append("HTTP/1.1 ").append(answer.status()).append(' ');
        head.append(HttpResponseStatus.valueOf(answer.status()).reasonPhrase()).append("\r\nDate: ");
        head.append(HttpDate.now()).append("\r\n");
        header(head, RequestId.HEADER, requestId);
        told.forEach((name, value) -> header(head, name, value));
        answer.headers().forEach((name, value) -> header(head, name, value));
        guard(head, answer.headers(), secure);
        if (last) {
            head.append("Connection: close\r\n");
        }
        // 204 must not have a length (RFC 9110, section 8.6), and for 304 it would say that the stored answer is empty.
        int length = answer.body().remaining();
        if (length > 0 || !isBodiless(answer.status())) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n");
    }

    /// The headers that no answer goes without: nothing is sniffed, and nothing is kept unless the answer says so.
    private static void guard(StringBuilder head, Map<String, String> headers, boolean secure) {
        if (!headers.containsKey("X-Content-Type-Options")) {
            head.append("X-Content-Type-Options: nosniff\r\n");
        }
        if (!headers.containsKey("Cache-Control")) {
            head.append(
                    headers.containsKey("ETag")
                            ? "Cache-Control: private, no-cache\r\n"
                            : "Cache-Control: no-store\r\n");
        }
        if (secure) {
            head.append("Strict-Transport-Security: max-age=31536000\r\n");
        }
    }

    private static boolean isBodiless(int status) {
        return status == HttpResponseStatus.NO_CONTENT.code() || status == HttpResponseStatus.NOT_MODIFIED.code();
    }

    private static void header(StringBuilder head, String name, String value) {
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if ((character < ' ' && character != '\t') || character == 0x7f || character > 0xff) {
                throw new IllegalArgumentException("The header " + name + " cannot be sent");
            }
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// Copies the low byte of each character: all that was let into a head is ISO 8859-1.
    @SuppressWarnings("deprecation")
    private static byte[] ascii(String text) {
        var bytes = new byte[text.length()];
        text.getBytes(0, text.length(), bytes, 0);
        return bytes;
    }

    boolean isLast() {
        return last;
    }

    /// To be told when it has gone, or never will.
    void gone() {
        whenGone.run();
    }

    int remaining() {
        return body.remaining();
    }

    boolean hasNext() {
        return !begun || body.hasRemaining();
    }

    /// The next piece to write. Copied straight to where the socket takes it from: the body is copied nowhere else.
    ByteBuf next(ByteBufAllocator allocator) {
        int headLength = begun ? 0 : head.length;
        int length = Math.clamp(PIECE - headLength, 0, body.remaining());
        var piece = allocator.directBuffer(headLength + length);
        piece.writeBytes(head, 0, headLength).writeBytes(body.slice(body.position(), length));
        begun = true;
        body.position(body.position() + length);
        return piece;
    }
}
