package tv.roster.platform.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.timing.Counts;
import tv.roster.platform.timing.Durations;

/// Counts responses by route template, method and class of status, with their times and sizes, and rejections by
/// error code. All labels are from closed sets, whatever clients send: paths without a route are one label, as are
/// methods that no route has.
///
/// The counters are arrays of adders instead of a library's histograms, which take locks: an event loop and the
/// virtual threads on it must not share one.
final class RequestMetrics implements Observer, MultiCollector {
    private static final String DURATION = "roster_http_request_duration_seconds";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String NO_ROUTE = "none";
    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"};
    private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    private static final int OF_A_CLASS = 100;

    private final Map<String, RouteCounts> routes = new ConcurrentHashMap<>();
    private final Counts<ErrorCode> refusals = new Counts<>(ErrorCode.class);

    private static final class RouteCounts {
        final String route;
        final AtomicReferenceArray<Durations> durations = new AtomicReferenceArray<>(METHODS.length * CLASSES.length);
        final LongAdder received = new LongAdder();
        final LongAdder sent = new LongAdder();

        RouteCounts(String template) {
            route = template.isEmpty() ? NO_ROUTE : template;
        }

        Durations of(int method, int status) {
            int at = method * CLASSES.length + Math.clamp(status / OF_A_CLASS - 1, 0, CLASSES.length - 1);
            var known = durations.get(at);
            if (known != null) {
                return known;
            }
            var made = new Durations(SHORTEST, LONGEST);
            var other = durations.compareAndExchange(at, null, made);
            return other == null ? made : other;
        }
    }

    void registerWith(PrometheusRegistry registry) {
        registry.register(this);
    }

    @Override
    public void responded(Request request, int status, long sent, long nanos) {
        var template = request.template();
        var counts = routes.get(template);
        if (counts == null) {
            counts = routes.computeIfAbsent(template, RouteCounts::new);
        }
        counts.of(method(request.method()), status).record(nanos);
        counts.received.add(request.received());
        counts.sent.add(sent);
    }

    private static int method(String name) {
        int at = 0;
        while (at < METHODS.length - 1 && !METHODS[at].equals(name)) {
            at++;
        }
        return at;
    }

    @Override
    public void refused(ErrorCode code) {
        refusals.increment(code);
    }

    @Override
    public MetricSnapshots collect() {
        return MetricSnapshots.of(
                durations(),
                bytes("roster_http_request_bytes", "Bytes of request bodies", counts -> counts.received.sum()),
                bytes("roster_http_response_bytes", "Bytes of response bodies", counts -> counts.sent.sum()),
                refusals());
    }

    private HistogramSnapshot durations() {
        var snapshot = HistogramSnapshot.builder()
                .name(DURATION)
                .help("Responses, and the time until they were made and sent");
        for (var counts : routes.values()) {
            for (int at = 0; at < counts.durations.length(); at++) {
                var durations = counts.durations.get(at);
                if (durations != null) {
                    snapshot.dataPoint(Histograms.point(
                            durations,
                            Labels.of(
                                    "method", METHODS[at / CLASSES.length],
                                    "route", counts.route,
                                    "status", CLASSES[at % CLASSES.length])));
                }
            }
        }
        return snapshot.build();
    }

    private CounterSnapshot bytes(String name, String help, ToLongFunction<RouteCounts> figure) {
        var snapshot = CounterSnapshot.builder().name(name).help(help);
        for (var counts : routes.values()) {
            snapshot.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of("route", counts.route))
                    .value((double) figure.applyAsLong(counts))
                    .build());
        }
        return snapshot.build();
    }

    private CounterSnapshot refusals() {
        var snapshot = CounterSnapshot.builder().name("roster_refusals").help("Rejected requests by error code");
        for (var code : ErrorCode.values()) {
            snapshot.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of("code", code.code()))
                    .value((double) refusals.of(code))
                    .build());
        }
        return snapshot.build();
    }
}
