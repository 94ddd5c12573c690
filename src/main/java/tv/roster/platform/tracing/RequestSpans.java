package tv.roster.platform.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;

/// A span for each request, with its route's template and without personal data.
///
/// Spans are made on a thread of their own, from what is known when the response has been given to the network: the
/// libraries of OpenTelemetry take locks, which event loops and the virtual threads on them must not share. The spans
/// that the agent itself makes of Netty's handlers are of no use here: they end with the connection instead of with
/// the response, since Roster writes responses itself, and contain paths.
public final class RequestSpans implements Observer, AutoCloseable {
    private static final String AGENT = "io.opentelemetry.javaagent.OpenTelemetryAgent";
    private static final int MOST_WAITING = 5_000;
    private static final int FAULTS = 500;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Logger LOG = LoggerFactory.getLogger(RequestSpans.class);

    private static final TextMapGetter<Map<String, String>> TRACE =
            (headers, name) -> headers == null ? null : headers.get(name);

    private final OpenTelemetry telemetry;
    private final Queue<Served> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places = new AtomicInteger(MOST_WAITING);
    private final Thread thread = Thread.ofPlatform().daemon().name("spans").unstarted(this::run);
    private volatile boolean closed;

    /// What a span needs of a request, without its body.
    ///
    /// @param trace the headers that name the client's trace
    private record Served(
            String method, String route, String id, Map<String, String> trace, int status, Instant end, long nanos) {}

    RequestSpans(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        thread.start();
    }

    /// Empty if OpenTelemetry's agent does not run.
    public static Optional<RequestSpans> whereAgentRuns() {
        try {
            Class.forName(AGENT, false, ClassLoader.getSystemClassLoader());
            return Optional.of(new RequestSpans(GlobalOpenTelemetry.get()));
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        }
    }

    /// If more wait than have a place, spans are left out: tracing delays no request.
    @Override
    public void responded(Request request, int status, long sent, long nanos) {
        if (places.decrementAndGet() < 0) {
            places.incrementAndGet();
            return;
        }
        var method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
        waiting.add(new Served(method, request.template(), request.id(), trace(request), status, Instant.now(), nanos));
        LockSupport.unpark(thread);
    }

    private Map<String, String> trace(Request request) {
        var trace = new HashMap<String, String>();
        for (var name : telemetry.getPropagators().getTextMapPropagator().fields()) {
            var value = request.header(name);
            if (value != null) {
                trace.put(name, value);
            }
        }
        return trace;
    }

    @Override
    public void refused(ErrorCode code) {}

    private void run() {
        while (!closed) {
            for (var served = waiting.poll(); served != null; served = waiting.poll()) {
                places.incrementAndGet();
                try {
                    make(served);
                } catch (RuntimeException failure) {
                    LOG.warn("A span could not be made: {}", failure.toString());
                }
            }
            LockSupport.park(this);
        }
    }

    private void make(Served served) {
        var method = served.method();
        var route = served.route();
        var parent = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), served.trace(), TRACE);
        var span = telemetry
                .getTracer("tv.roster")
                .spanBuilder(route.isEmpty() ? method : method + " " + route)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(served.end().minus(Duration.ofNanos(served.nanos())))
                .setAttribute("http.request.method", method)
                .setAttribute("http.response.status_code", served.status())
                .setAttribute("roster.request_id", served.id());
        if (!route.isEmpty()) {
            span.setAttribute("http.route", route);
        }
        var made = span.startSpan();
        if (served.status() >= FAULTS) {
            made.setStatus(StatusCode.ERROR);
        }
        made.end(served.end());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
