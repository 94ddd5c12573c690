package tv.roster.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.wire.StreamServer;
import tv.roster.testing.RawHttp;

/// The spans of real requests, with OpenTelemetry's own library in place of its agent.
class RequestSpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final RequestSpans spans = new RequestSpans(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
    private final StreamServer server = new StreamServer(
            spans,
            List.of(
                    StreamServer.get("/things/{thing}", request -> Response.empty(204)),
                    StreamServer.get("/broken", request -> {
                        throw new IllegalStateException("thrown by a test");
                    })));

    @AfterEach
    void close() {
        server.close();
        spans.close();
    }

    private SpanData spanOf(String request) {
        try (RawHttp connection = server.connect()) {
            connection.send(request).read();
            await().atMost(PATIENCE)
                    .until(() -> !exporter.getFinishedSpanItems().isEmpty());
            return exporter.getFinishedSpanItems().getFirst();
        }
    }

    @Test
    void aRequestIsASpanOfItsRouteInTheTraceOfItsClient() {
        var span = spanOf(StreamServer.head(
                "GET", "/things/secret?name=Anna", "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01\r\n"));

        assertThat(span.getName()).isEqualTo("GET /things/{thing}");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(span.getEndEpochNanos()).isGreaterThan(span.getStartEpochNanos());
        assertThat(span.toString()).doesNotContain("secret", "Anna");
    }

    @Test
    void aFaultIsMarked() {
        assertThat(spanOf(StreamServer.head("GET", "/broken", "")).getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void whatHasNoRouteHasOnlyItsMethod() {
        assertThat(spanOf(StreamServer.head("BREW", "/coffee/anna", "")).getName())
                .isEqualTo("_OTHER");
    }
}
