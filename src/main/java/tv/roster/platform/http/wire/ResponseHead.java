package tv.roster.platform.http.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.RequestId;

/// The bytes of a status line and headers.
final class ResponseHead {
    /// In place of a length: the body comes in chunks, or ends with the connection.
    static final long CHUNKED = -1;

    static final long UNTIL_CLOSED = -2;

    private static final int USUAL_HEAD = 512;

    private ResponseHead() {}

    /// The head of the answer to a request, whose body has so many bytes; `last` says that the connection ends with it.
    ///
    /// @throws IllegalArgumentException if a header holds what none may hold (RFC 9110, section 5.5)
    static byte[] of(Answer answer, ReceivedRequest request, long length, boolean last) {
        return bytes(head(answer, request.id(), request.told(), request.isSecure(), last), answer, length);
    }

    /// The head of the answer to what is no request.
    static byte[] last(Answer answer, String requestId, boolean secure) {
        return bytes(
                head(answer, requestId, Map.of(), secure, true),
                answer,
                answer.body().remaining());
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
        return head;
    }

    private static byte[] bytes(StringBuilder head, Answer answer, long length) {
        if (length == CHUNKED) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (length > 0 || (length == 0 && !Answer.isBodiless(answer.status()))) {
            // 204 must not have a length (RFC 9110, section 8.6); for 304 it would say that the stored answer is empty.
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return ascii(head.append("\r\n").toString());
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
}
