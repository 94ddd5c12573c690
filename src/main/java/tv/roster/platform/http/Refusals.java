package tv.roster.platform.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.jsonapi.ErrorDocument;
import tv.roster.platform.jsonapi.MediaTypes;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// The one place that turns a refusal, or anything else that was thrown, into an answer.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /// The response to whatever was thrown, in an area's dialect.
    static Answer answer(Throwable thrown, Request request, Dialect dialect) {
        return dialect.refuse(refusal(thrown, request).in(request.places()), request);
    }

    private static Refusal refusal(Throwable thrown, Request request) {
        if (thrown instanceof Refusal refusal) {
            return refusal;
        }
        LOG.error("Request {} failed: {} {}", request.id(), request.method(), request.template(), thrown);
        return new Refusal(ErrorCode.INTERNAL, "The server failed; the cause is in its log.");
    }

    /// A JSON:API error document.
    static Answer document(Refusal refusal, String requestId, String origin) {
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

    static Refusal tooMuchAtOnce() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAVAILABLE, "Too many large requests are under way.")),
                Map.of("Retry-After", "1"));
    }

    static Refusal overloaded() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAVAILABLE, "Too many requests are under way.")),
                Map.of("Retry-After", "1"));
    }
}
