package tv.roster.platform.http.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import tv.roster.platform.http.RequestId;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.sending.HttpDate;

/// The bytes of a status line and headers.
final class ResponseHead {
    /// In place of a length: the body comes in chunks, or ends with the connection.
    static final long CHUNKED = -1;

    static final long UNTIL_CLOSED = -2;

    private static final int USUAL_HEAD = 512;

    private ResponseHead() {}

    /// The head of the response to a request, whose body has so many bytes; `last` says that the connection ends
    /// with it.
    ///
    /// @throws IllegalArgumentException if a header holds what none may hold (RFC 9110, section 5.5)
    static byte[] of(Response response, ReceivedRequest request, long length, boolean last) {
        return bytes(head(response, request.id(), request.told(), request.isSecure(), last), response, length);
    }

    /// The head of the response to what is no request.
    static byte[] last(Response response, String requestId, boolean secure) {
        return bytes(
                head(response, requestId, Map.of(), secure, true),
                response,
                response.body().remaining());
    }

    private static StringBuilder head(
            Response response, String requestId, Map<String, String> told, boolean secure, boolean last) {
        var head = new StringBuilder(USUAL_HEAD);
        head.append("HTTP/1.1 ").append(response.status()).append(' ');
        head.append(HttpResponseStatus.valueOf(response.status()).reasonPhrase())
                .append("\r\nDate: ");
        head.append(HttpDate.now()).append("\r\n");
        header(head, RequestId.HEADER, requestId);
        told.forEach((name, value) -> header(head, name, value));
        response.headers().forEach((name, value) -> header(head, name, value));
        guard(head, response.headers(), secure);
        if (last) {
            head.append("Connection: close\r\n");
        }
        return head;
    }

    private static byte[] bytes(StringBuilder head, Response response, long length) {
        if (length == CHUNKED) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (length > 0 || (length == 0 && !Response.isBodiless(response.status()))) {
            // 204 must not have a length (RFC 9110, section 8.6); for 304 it would say that the stored response is
            // empty.
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return ascii(head.append("\r\n").toString());
    }

    /// The headers that no response goes without: nothing is sniffed, and nothing is kept unless the response says
    /// so.
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
