package tv.roster.http;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.ErrorDocument;
import tv.roster.jsonapi.MediaTypes;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;

/// The one place that turns a refusal, or anything else that was thrown, into an answer.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    static Answer answer(Throwable thrown, String requestId, String origin) {
        return switch (thrown) {
            case Refusal refusal -> answer(refusal, requestId, origin);
            case UncheckedIOException e
            when e.getCause() instanceof SocketTimeoutException ->
                answer(new Refusal(ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time."), requestId, origin);
            default -> {
                LOG.error("Request {} failed", requestId, thrown);
                yield answer(
                        new Refusal(ErrorCode.INTERNAL, "The server failed; the cause is in its log."),
                        requestId,
                        origin);
            }
        };
    }

    static Answer answer(Refusal refusal, String requestId, String origin) {
        var headers = new HashMap<>(refusal.headers());
        headers.put("Content-Type", MediaTypes.JSON_API);
        headers.put("Vary", "Accept");
        if (refusal.status() >= 500) {
            headers.putIfAbsent("Retry-After", "1");
        }
        return new Answer(refusal.status(), headers, ErrorDocument.bytes(refusal.problems(), requestId, origin));
    }

    static Refusal shuttingDown() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAVAILABLE, "The server is shutting down.")),
                Map.of("Retry-After", "2"));
    }

    /// The answer to what could not be read as a request at all; nothing is known of a request id or a host.
    static Answer unparsed(int status) {
        var refusal = switch (status) {
            case 408 -> new Refusal(ErrorCode.REQUEST_TIMEOUT, "The request did not arrive in time.");
            case 413 -> new Refusal(ErrorCode.BODY_TOO_LARGE, "The body is too large.");
            case 414 -> new Refusal(ErrorCode.URI_TOO_LONG, "The request line has more than 64 KiB.");
            case 431 -> new Refusal(ErrorCode.HEADER_TOO_LARGE, "The headers have more than 16 KiB.");
            case 503 -> new Refusal(ErrorCode.UNAVAILABLE, "The server is busy.");
            default ->
                status >= 500
                        ? new Refusal(ErrorCode.INTERNAL, "The server failed; the cause is in its log.")
                        : new Refusal(ErrorCode.BAD_HEADER, "This is no HTTP/1.1 request.");
        };
        var requestId = RequestId.of(null);
        return answer(refusal, requestId, "").with("X-Request-Id", requestId);
    }
}
