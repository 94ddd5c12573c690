package tv.roster.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;

/// Counts responses by route template and status, and reports them with the JVM's own metrics at `/metrics`.
public final class Metrics implements Observer, AutoCloseable {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Map<Served, Timer> served = new ConcurrentHashMap<>();
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);

    private record Served(String method, String route, int status) {}

    public Metrics() {
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        for (var code : ErrorCode.values()) {
            refused.put(
                    code,
                    Counter.builder("roster.refusals")
                            .description("Rejected requests by error code")
                            .tag("code", code.code())
                            .register(registry));
        }
    }

    /// Adds a metric that can increase and decrease.
    public void gauge(String name, String description, DoubleSupplier figure) {
        Gauge.builder(name, figure::getAsDouble).description(description).register(registry);
    }

    /// Adds a metric that only increases.
    public void counter(String name, String description, LongSupplier figure) {
        FunctionCounter.builder(name, figure, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    @Override
    public void responded(String method, String template, int status, long nanos) {
        var what = new Served(METHODS.contains(method) ? method : "other", template, status);
        var timer = served.get(what);
        if (timer == null) {
            timer = served.computeIfAbsent(what, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Served what) {
        return Timer.builder("roster.http.requests")
                .description("Responses, and the time until they were sent")
                .tag("method", what.method())
                .tag("route", what.route().isEmpty() ? "none" : what.route())
                .tag("status", Integer.toString(what.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void refused(ErrorCode code) {
        var counter = refused.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    public List<Route<Anybody>> routes() {
        return List.of(Route.get(
                "/metrics",
                Demand.nothing(),
                (caller, request) -> new Response(
                        200,
                        Map.of("Content-Type", FORMAT, "Cache-Control", "no-store"),
                        registry.scrape(FORMAT).getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
