package tv.roster.platform.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.timing.Durations;

/// What is reported at `/metrics`: requests, the JVM and the process, and the figures that are added to it. A figure
/// is read when Prometheus asks for it: whoever counts knows nothing of metrics.
public final class Metrics {
    private static final PrometheusTextFormatWriter FORMAT = PrometheusTextFormatWriter.create();

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RequestMetrics requests = new RequestMetrics();

    public Metrics() {
        requests.registerWith(registry);
        ProcessMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
    }

    /// Counts requests.
    public Observer requests() {
        return requests;
    }

    /// Adds a figure that can increase and decrease.
    public void gauge(String name, String help, DoubleSupplier figure) {
        gauge(name, help, List.of(), Map.of(List.of(), figure));
    }

    /// Adds several that differ in their labels. The values of labels must be from a closed set, never an
    /// address or what a client has sent, and an id only where the number of series is bounded.
    public void gauge(String name, String help, List<String> labels, Map<List<String>, DoubleSupplier> figures) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(point -> figures.forEach(
                        (values, figure) -> point.call(figure.getAsDouble(), values.toArray(String[]::new))))
                .register(registry);
    }

    /// Adds a figure that only increases. Its name ends in `_total`.
    public void counter(String name, String help, LongSupplier figure) {
        counter(name, help, List.of(), Map.of(List.of(), figure));
    }

    /// Adds several that differ in their labels.
    public void counter(String name, String help, List<String> labels, Map<List<String>, LongSupplier> figures) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(point -> figures.forEach(
                        (values, figure) -> point.call((double) figure.getAsLong(), values.toArray(String[]::new))))
                .register(registry);
    }

    /// Adds durations. Their name ends in `_seconds`.
    public void histogram(String name, String help, Durations durations) {
        registry.register(() -> Histograms.snapshot(name, help, Map.of(Labels.EMPTY, durations)));
    }

    /// Adds several that differ in one label.
    public void histogram(String name, String help, String label, Map<String, Durations> durations) {
        var labelled = durations.entrySet().stream()
                .collect(Collectors.toMap(entry -> Labels.of(label, entry.getKey()), Map.Entry::getValue));
        registry.register(() -> Histograms.snapshot(name, help, labelled));
    }

    public List<Route<Anybody>> routes() {
        return List.of(Route.get(
                "/metrics",
                Demand.nothing(),
                (caller, request) -> new Response(
                        200,
                        Map.of("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE, "Cache-Control", "no-store"),
                        scraped())));
    }

    private byte[] scraped() {
        var text = new ByteArrayOutputStream();
        try {
            FORMAT.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
