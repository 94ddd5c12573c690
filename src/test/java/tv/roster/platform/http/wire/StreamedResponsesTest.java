package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tv.roster.platform.http.wire.StreamServer.MIB;
import static tv.roster.platform.http.wire.StreamServer.head;
import static tv.roster.platform.http.wire.StreamServer.random;
import static tv.roster.platform.http.wire.StreamServer.waitFor;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tv.roster.platform.http.Gzip;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Together;

/// Answers that are written while they are sent.
class StreamedResponsesTest {
    private static final int LARGE = 5 * MIB + 7;
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final AtomicBoolean RAN = new AtomicBoolean();

    private static final StreamServer SERVER = new StreamServer(List.of(
            StreamServer.get("/bytes", request -> stream(body -> writeInParts(body, size(request)))),
            StreamServer.get(
                    "/packed", request -> Gzip.where(request, stream(body -> writeInParts(body, size(request))))),
            StreamServer.get(
                    "/packed-and-breaking", request -> Gzip.where(request, stream(StreamedResponsesTest::breakLater))),
            StreamServer.get("/noted", request -> stream(body -> RAN.set(true))),
            StreamServer.get("/refused", request -> stream(StreamedResponsesTest::refuse)),
            StreamServer.get("/failing", request -> stream(body -> fail(body, 0))),
            StreamServer.get("/breaking", request -> stream(body -> fail(body, MIB))),
            StreamServer.get("/header", request -> stream(body -> body.write(1)).with("X-Broken", "line\r\nX: a"))));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Response stream(Response.BodyWriter writer) {
        return Response.stream(200, Map.of("Content-Type", "application/octet-stream"), writer);
    }

    private static int size(Request request) {
        return Integer.parseInt(request.query());
    }

    private static void writeInParts(OutputStream body, int size) throws IOException {
        var all = random(size, size);
        int part = 1;
        for (int at = 0; at < size; at += part, part = part * 3 % (2 * OutgoingStream.PIECE + 101)) {
            part = Math.min(part, size - at);
            body.write(all, at, part);
        }
    }

    private static void refuse(OutputStream body) throws IOException {
        body.write(new byte[OutgoingStream.PIECE - 1]);
        throw new Refusal(ErrorCode.NOT_FOUND, "It went away.");
    }

    private static void fail(OutputStream body, int after) throws IOException {
        body.write(new byte[after]);
        throw new IllegalStateException("secret");
    }

    private static void breakLater(OutputStream body) throws IOException {
        body.write(random(MIB, 1));
        throw new IllegalStateException("secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, OutgoingStream.PIECE, LARGE})
    void aCompressedAnswerUnpacksToWhatWasWritten(int size) throws IOException {
        var body = new ByteArrayOutputStream();
        try (var connection = SERVER.connect()) {
            connection.send(head("GET", "/packed?" + size, "Accept-Encoding: gzip\r\n"));
            assertThat(connection.readHead().header("Content-Encoding")).isEqualTo("gzip");
            connection.readChunks(body);
        }
        assertThat(new GZIPInputStream(new ByteArrayInputStream(body.toByteArray())).readAllBytes())
                .isEqualTo(random(size, size));
    }

    @Test
    void aCompressedAnswerThatBreaksOffHasNeitherLastChunkNorTrailer() {
        var body = new ByteArrayOutputStream();
        try (var connection = SERVER.connect()) {
            connection
                    .send(head("GET", "/packed-and-breaking", "Accept-Encoding: gzip\r\n"))
                    .readHead();
            assertThatThrownBy(() -> connection.readChunks(body)).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(body.toByteArray())).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, OutgoingStream.PIECE, OutgoingStream.PIECE + 1, LARGE})
    void anAnswerArrivesAsItWasWrittenAndTheConnectionGoesOn(int size) {
        try (var connection = SERVER.connect()) {
            for (int time = 0; time < 2; time++) {
                var answer = connection.send(head("GET", "/bytes?" + size, "")).read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
                assertThat(answer.headers()).doesNotContainKeys("content-length", "connection");
                assertThat(answer.body()).isEqualTo(random(size, size));
            }
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void theRequestBehindAStreamedAnswerIsAnsweredAfterIt() {
        try (var connection = SERVER.connect()) {
            connection.send(head("GET", "/bytes?" + LARGE, "") + head("GET", "/bytes?3", ""));
            assertThat(connection.read().body()).hasSize(LARGE);
            assertThat(connection.read().body()).isEqualTo(random(3, 3));
        }
    }

    @Test
    void anAnswerWithTheEndOfTheConnectionSaysSo() {
        try (var connection = SERVER.connect()) {
            var answer = connection
                    .send(head("GET", "/bytes?" + LARGE, "Connection: close\r\n"))
                    .read();
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.body()).hasSize(LARGE);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void headGetsTheHeadersAndRunsNothing() {
        try (var connection = SERVER.connect()) {
            var answer = connection.send(head("HEAD", "/noted", "")).readHead();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(connection.send(head("GET", "/bytes?2", "")).read().body())
                    .hasSize(2);
            assertThat(RAN).isFalse();
        }
    }

    @Test
    void anOldClientReadsUntilTheConnectionIsClosed() throws IOException {
        try (var connection = SERVER.connect()) {
            var answer =
                    connection.send("GET /bytes?" + LARGE + " HTTP/1.0\r\n\r\n").readHead();
            assertThat(answer.headers()).doesNotContainKeys("transfer-encoding", "content-length");
            assertThat(connection.readToEnd()).isEqualTo(random(LARGE, LARGE));
        }
    }

    @Test
    void whatIsFlushedIsSentAtOnce() throws IOException {
        var more = new CountDownLatch(1);
        var route = StreamServer.get(
                "/slow",
                request -> stream(body -> {
                    body.flush();
                    body.write("first".getBytes(StandardCharsets.US_ASCII));
                    body.flush();
                    waitFor(more);
                    body.write("second".getBytes(StandardCharsets.US_ASCII));
                }));
        try (var own = new StreamServer(List.of(route));
                var connection = own.connect()) {
            connection.send(head("GET", "/slow", "")).readHead();
            assertThat(connection.readChunk()).asString().isEqualTo("first");
            more.countDown();
            assertThat(connection.readChunk()).asString().isEqualTo("second");
            assertThat(connection.readChunk()).isEmpty();
        }
    }

    @Test
    void whatIsThrownBeforeAnythingWasSentIsTheAnswer() {
        try (var connection = SERVER.connect()) {
            assertThat(ContractForm.code(
                            connection.send(head("GET", "/refused", "")).read()))
                    .isEqualTo("not_found");
            for (var path : List.of("/failing", "/header")) {
                var failed = connection.send(head("GET", path, "")).read();
                assertThat(ContractForm.code(failed)).isEqualTo("internal");
                assertThat(failed.text()).doesNotContain("secret");
            }
            assertThat(connection.send(head("GET", "/bytes?2", "")).read().body())
                    .hasSize(2);
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void anAnswerThatBreaksOffIsNotWholeForItsClientAndInTheLogOnce() {
        var logger = (Logger) LoggerFactory.getLogger(Refusals.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        try (var connection = SERVER.connect();
                var old = SERVER.connect()) {
            connection.send(head("GET", "/breaking", "X-Request-Id: breaking-1\r\n"));
            assertThatThrownBy(connection::read)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(EOFException.class);
            old.send("GET /breaking HTTP/1.0\r\nX-Request-Id: breaking-2\r\n\r\n");
            // Nothing but a reset tells it from the end.
            assertThatThrownBy(() -> {
                        old.readHead();
                        old.readToEnd();
                    })
                    .satisfies(thrown -> assertThat(thrown.getCause() == null ? thrown : thrown.getCause())
                            .isInstanceOf(SocketException.class));
            await().untilAsserted(() -> assertThat(log.list.stream()
                            .map(ILoggingEvent::getFormattedMessage)
                            .filter(line -> line.contains("breaking-")))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("breaking-1"),
                            line -> assertThat(line).contains("breaking-2")));
        } finally {
            logger.detachAppender(log);
        }
        SERVER.awaitNothingHeld();
    }

    /// Writes for ever, until the client is gone.
    private static Response endless(AtomicLong written, CompletableFuture<IOException> end) {
        return stream(body -> {
            var piece = random(10_000, 1);
            try {
                while (true) {
                    body.write(piece);
                    written.addAndGet(piece.length);
                }
            } catch (IOException e) {
                end.complete(e);
                throw e;
            }
        });
    }

    @Test
    void aWriterWhoseClientLeavesEnds() {
        var written = new AtomicLong();
        var end = new CompletableFuture<IOException>();
        try (var own = new StreamServer(List.of(StreamServer.get("/endless", request -> endless(written, end))))) {
            for (int time = 0; time < 2; time++) {
                var connection = own.connect().send(head("GET", "/endless", ""));
                assertThat(connection.readHead().status()).isEqualTo(200);
                if (time == 0) {
                    connection.reset();
                } else {
                    connection.close();
                }
                assertThat(end.join()).hasMessageContaining("has left");
                own.awaitNothingHeld();
                await().until(() -> own.held() == 0);
            }
        }
    }

    @Test
    void aClientThatDoesNotReadMakesTheWriterWaitAndIsClosedInTheEnd() {
        var written = new AtomicLong();
        var end = new CompletableFuture<IOException>();
        var patience = new Patience(Duration.ofSeconds(8), Duration.ofSeconds(10));
        var route = StreamServer.get("/endless", request -> endless(written, end));
        try (var own = new StreamServer(USUAL, patience, null, List.of(route));
                var connection = own.connect()) {
            connection.send(head("GET", "/endless", ""));
            await().until(() -> own.held() > OutgoingStream.PIECE);
            await().during(Duration.ofMillis(300)).until(new StandsStill(written)::look);
            assertThat(own.held()).isBetween((long) OutgoingStream.PIECE, 6L * OutgoingStream.PIECE);
            assertThat(end).isNotDone();
            assertThat(end.join()).hasMessageContaining("does not read");
            own.awaitNothingHeld();
            await().until(() -> own.held() == 0);
        }
    }

    @Test
    void aClientThatReadsAgainGetsAllOfIt() {
        var written = new AtomicLong();
        int all = 40 * MIB;
        var route = StreamServer.get(
                "/bytes",
                request -> stream(body -> {
                    var piece = new byte[MIB / 64];
                    while (written.get() < all) {
                        body.write(piece);
                        written.addAndGet(piece.length);
                    }
                }));
        try (var own = new StreamServer(List.of(route));
                var connection = own.connect()) {
            connection.send(head("GET", "/bytes", ""));
            await().until(() -> written.get() > 0);
            await().during(Duration.ofMillis(300)).until(new StandsStill(written)::look);
            assertThat(written.get()).isLessThan(all);
            assertThat(connection.read().body()).hasSize(all);
        }
    }

    @Test
    void aServerThatStopsFinishesWhatIsUnderWay() {
        var more = new CountDownLatch(1);
        var route = StreamServer.get(
                "/slow",
                request -> stream(body -> {
                    body.write(new byte[MIB]);
                    waitFor(more);
                    body.write(new byte[MIB]);
                }));
        try (var own = new StreamServer(List.of(route));
                var connection = own.connect()) {
            connection.send(head("GET", "/slow", ""));
            var answer = Together.start(connection::read);
            await().until(() -> own.held() > 0 || !own.server.isUnoccupied());
            var stopping = Together.start(() -> {
                own.server.drain();
                return true;
            });
            await().until(() -> !own.server.isOpen());
            assertThat(stopping).isNotDone();
            more.countDown();
            assertThat(answer.join().body()).hasSize(2 * MIB);
            assertThat(stopping.join()).isTrue();
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aStreamThatDoesNotEndIsBrokenOffWhenTheServerStops() {
        var written = new AtomicLong();
        var end = new CompletableFuture<IOException>();
        var patience = new Patience(Duration.ofSeconds(75), Duration.ofMillis(300));
        var route = StreamServer.get("/endless", request -> endless(written, end));
        try (var own = new StreamServer(USUAL, patience, null, List.of(route));
                var connection = own.connect()) {
            connection.send(head("GET", "/endless", "")).readHead();
            var reading = Together.start(() -> brokenOff(connection));
            own.server.close();
            assertThat(end.join()).hasMessageContaining("has left");
            assertThat(reading.join()).isTrue();
        }
    }

    private static boolean brokenOff(RawHttp connection) {
        try {
            connection.readChunks(OutputStream.nullOutputStream());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void theBytesOfAStreamCannotBeKept() {
        assertThatThrownBy(() -> stream(body -> {}).body())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("streamed");
        assertThatThrownBy(() -> Response.stream(204, Map.of(), body -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
