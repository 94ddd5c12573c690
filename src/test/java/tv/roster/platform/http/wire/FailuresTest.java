package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.templates.PageDialect;
import tv.roster.testing.ContractForm;

/// What a client sees when the server itself is wrong.
class FailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("/state", "IllegalStateException"),
                Arguments.of("/null", "NullPointerException"),
                Arguments.of("/stack", "StackOverflowError"),
                Arguments.of("/memory", "OutOfMemoryError"),
                Arguments.of("/header", "IllegalArgumentException"));
    }

    private static Response fail(Request request) {
        return switch (request.path()) {
            case "/null" -> throw new NullPointerException("secret");
            case "/stack" -> throw new StackOverflowError("secret");
            case "/memory" -> throw new OutOfMemoryError("secret");
            case "/header" -> Response.empty(204).with("X-Broken", "line\r\nX-Other: secret");
            default -> throw new IllegalStateException("secret");
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIs500WithTheRequestIdAndItsCauseInTheLogAlone(String path, String cause) {
        var logger = (Logger) LoggerFactory.getLogger(Refusals.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        var id = "failing-" + path.substring(1);
        try (var server = serve(PageDialect.ofFiles(DocumentDialect.DOCUMENTS), path);
                var connection = server.connect()) {
            var answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("internal");
            assertThat(answer.header("X-Request-Id")).isEqualTo(id);
            assertThat(answer.header("Retry-After")).isNotBlank();
            assertThat(answer.text()).doesNotContain("secret").doesNotContain(cause);
            assertThat(answer.headers()).doesNotContainKey("x-other");
            assertThat(log.list).anySatisfy(event -> {
                assertThat(event.getFormattedMessage()).contains(id);
                assertThat(event.getThrowableProxy().getClassName()).endsWith(cause);
            });
        } finally {
            logger.detachAppender(log);
        }
    }

    /// However the failure is shown, it says when to try again.
    @Test
    void aFailureOnAPageSaysWhenToTryAgain() {
        var dialect = new PageDialect(
                (refusal, request) -> Response.html(refusal.status(), "<!doctype html>"), DocumentDialect.DOCUMENTS);
        try (var server = serve(dialect, "/state");
                var connection = server.connect()) {
            var answer = connection
                    .send("GET /state HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
                    .read();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Type")).startsWith("text/html");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void aRefusalWhosePageFailsIsReturnedAsADocument() {
        var broken = new PageDialect(
                (refusal, request) -> {
                    throw new IllegalStateException("secret");
                },
                DocumentDialect.DOCUMENTS);
        try (var server = serve(broken, "/state");
                var connection = server.connect()) {
            for (int time = 0; time < 2; time++) {
                var answer = connection
                        .send("GET /nothing HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
                        .read();
                assertThat(ContractForm.code(answer)).isEqualTo("not_found");
                assertThat(answer.text()).doesNotContain("secret");
            }
        }
    }

    private static StreamServer serve(PageDialect dialect, String path) {
        return new StreamServer(
                new HttpServer.Listener("127.0.0.1", 0, null, Duration.ofSeconds(10), 100, false),
                Patience.USUAL,
                dialect,
                List.of(StreamServer.get(path, FailuresTest::fail)));
    }
}
