package tv.roster.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// Answers for what the HTTP library refuses before there is a request: broken request lines, headers or framing.
final class Unreadable {
    /// Bytes of a request line, and of all headers together.
    static final int LINE_LIMIT = 64 * 1024;

    static final int HEADERS_LIMIT = 16 * 1024;

    private final @Nullable String publicUrl;

    Unreadable(@Nullable String publicUrl) {
        this.publicUrl = publicUrl;
    }

    DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) ->
                            answer(request, refusal(meant(request, event, status.code()), message), headers));
        }
        return handlers.build();
    }

    /// The library says 500 of a failure of ours, when it knows the request, and of requests that are none.
    private static int meant(TransportRequest request, EventType event, int status) {
        return event == EventType.INTERNAL_ERROR && request.path().isEmpty() ? 400 : status;
    }

    private TransportResponse answer(TransportRequest request, Refusal refusal, ServerResponseHeaders headers) {
        var sent = request.headers();
        var id = RequestId.of(
                sent.contains(RequestId.HEADER) ? sent.get(RequestId.HEADER).get() : null);
        var host = sent.contains(HeaderNames.HOST) ? sent.get(HeaderNames.HOST).get() : "";
        var answer = Refusals.answer(refusal, id, origin(host));
        var response = TransportResponse.builder()
                .status(answer.statusLine())
                .headers(headers)
                .keepAlive(false)
                .header(RequestId.HEADER, id);
        answer.headers().forEach((name, value) -> response.header(KnownHeaders.named(name), value));
        return response.entity(answer.body()).build();
    }

    private String origin(String host) {
        if (publicUrl != null) {
            return publicUrl;
        }
        return Target.isAuthority(host) ? "http://" + host : "";
    }

    /// What else the library finds wrong was in what the client sent.
    private static Refusal refusal(int status, @Nullable String message) {
        return switch (status) {
            case 413 -> new Refusal(ErrorCode.BODY_TOO_LARGE, "The body is too large.");
            case 414 -> new Refusal(ErrorCode.URI_TOO_LONG, "The request line has more than 64 KiB.");
            case 500 -> new Refusal(ErrorCode.INTERNAL, "The server failed; the cause is in its log.");
            case 501 -> new Refusal(ErrorCode.BAD_HEADER, "The only transfer encoding served is chunked.");
            case 503 -> new Refusal(ErrorCode.UNAVAILABLE, "The server is busy.");
            case 505 ->
                new Refusal(
                        ErrorCode.BAD_HEADER,
                        "HTTP/1.0 is not served; use HTTP/1.1 (for nginx as a proxy: proxy_http_version 1.1).");
            default ->
                "Header size exceeded".equals(message)
                        ? new Refusal(ErrorCode.HEADER_TOO_LARGE, "The headers have more than 16 KiB.")
                        : new Refusal(ErrorCode.BAD_HEADER, "This is no HTTP/1.1 request that can be read.");
        };
    }

    /// The whole answer, byte for byte, to headers that did not arrive in time.
    byte[] late() {
        var id = RequestId.of(null);
        var refusal = new Refusal(ErrorCode.REQUEST_TIMEOUT, "The headers did not arrive in time.");
        var answer = Refusals.answer(refusal, id, origin(""));
        var text = new StringBuilder("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n");
        answer.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        text.append("X-Request-Id: ").append(id).append("\r\nContent-Length: ").append(answer.body().length);
        return text.append("\r\n\r\n")
                .append(new String(answer.body(), StandardCharsets.UTF_8))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
