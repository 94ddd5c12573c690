package tv.roster.platform.http.wire;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// The one place that turns a refusal, or anything else that was thrown, into a response.
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /// The response to whatever was thrown, in an area's dialect; where that fails, as a page may, a document.
    static Response response(Throwable thrown, Request request, Dialect dialect) {
        var refusal = refusal(thrown, request).in(request.places());
        try {
            return dialect.refuse(refusal, request);
        } catch (RuntimeException | Error e) {
            LOG.error("Request {} was refused ({}), but not in its dialect", request.id(), refusal.status(), e);
            return DocumentDialect.DOCUMENTS.refuse(refusal, request);
        }
    }

    private static Refusal refusal(Throwable thrown, Request request) {
        if (thrown instanceof Refusal refusal) {
            return refusal;
        }
        LOG.error("Request {} failed: {} {}", request.id(), request.method(), request.template(), thrown);
        return new Refusal(ErrorCode.INTERNAL, "The server failed; the cause is in its log.");
    }

    /// Logs why a response ended in the middle, unless that was a fault of the request.
    static void brokenOff(Throwable thrown, Request request) {
        if (!(thrown instanceof Refusal refusal) || refusal.status() >= ErrorCode.INTERNAL.status()) {
            LOG.error(
                    "The response to request {} broke off: {} {}",
                    request.id(),
                    request.method(),
                    request.template(),
                    thrown);
        }
    }

    static Refusal shuttingDown() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAVAILABLE, "The server is shutting down.")),
                Map.of("Retry-After", "2"));
    }

    static Refusal overloaded() {
        return new Refusal(ErrorCode.UNAVAILABLE, "Too many requests are under way.");
    }
}
