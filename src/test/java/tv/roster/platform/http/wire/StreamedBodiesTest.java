package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.platform.http.wire.StreamServer.MIB;
import static tv.roster.platform.http.wire.StreamServer.chunked;
import static tv.roster.platform.http.wire.StreamServer.head;
import static tv.roster.platform.http.wire.StreamServer.length;
import static tv.roster.platform.http.wire.StreamServer.random;
import static tv.roster.platform.http.wire.StreamServer.readAll;
import static tv.roster.platform.http.wire.StreamServer.waitFor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.receiving.BodyStream;
import tv.roster.platform.problems.Refusal;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Together;

/// Bodies that a handler reads while they arrive.
class StreamedBodiesTest {
    private static final long MOST = 3 * MIB;
    private static final String CHUNKS = "Transfer-Encoding: chunked\r\n";

    private static final StreamServer SERVER = new StreamServer(List.of(
            StreamServer.post("/digest", MOST, request -> Response.html(200, digest(readAll(request)))),
            StreamServer.post("/some", MOST, StreamedBodiesTest::readSome),
            StreamServer.post("/none", MOST, request -> Response.html(200, "none"))));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response readSome(Request request) {
        try {
            return Response.html(200, "" + request.stream().readNBytes(10).length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The connection serves the next request.
    private static void goesOn(RawHttp connection) {
        assertThat(connection
                        .send(head("POST", "/digest", length(2)) + "ab")
                        .read()
                        .text())
                .isEqualTo(digest(new byte[] {'a', 'b'}));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 16_385, 65_536, 65_537, (int) MOST})
    void aBodyArrivesAsItWasSent(int size) {
        var body = random(size, size);
        try (var connection = SERVER.connect()) {
            assertThat(connection
                            .send(head("POST", "/digest", length(size)))
                            .send(body)
                            .read()
                            .text())
                    .isEqualTo(digest(body));
            assertThat(connection
                            .send(head("POST", "/digest", CHUNKS))
                            .send(chunked(body))
                            .read()
                            .text())
                    .isEqualTo(digest(body));
            goesOn(connection);
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void theRequestBehindAStreamedBodyWaitsForItsTurn() {
        var body = random(MIB, 1);
        try (var connection = SERVER.connect()) {
            var first = head("POST", "/digest", CHUNKS).getBytes(StandardCharsets.US_ASCII);
            var chunks = chunked(body);
            var second = (head("POST", "/digest", length(1)) + "x").getBytes(StandardCharsets.US_ASCII);
            var all = new byte[first.length + chunks.length + second.length];
            System.arraycopy(first, 0, all, 0, first.length);
            System.arraycopy(chunks, 0, all, first.length, chunks.length);
            System.arraycopy(second, 0, all, first.length + chunks.length, second.length);
            connection.send(all);
            assertThat(connection.read().text()).isEqualTo(digest(body));
            assertThat(connection.read().text()).isEqualTo(digest(new byte[] {'x'}));
        }
    }

    @Test
    void whatIsAnnouncedTooLongIsRefusedBeforeAnyOfItIsSent() {
        try (var connection = SERVER.connect()) {
            var answer = connection
                    .send(head("POST", "/digest", "Expect: 100-continue\r\n" + length(MOST + 1)))
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("body_too_large");
            assertThat(answer.text()).contains("more than " + MOST + " bytes");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void chunksThatAreTooManyAreRefused() {
        try (var connection = SERVER.connect()) {
            var answer = connection
                    .send(head("POST", "/digest", CHUNKS))
                    .send(chunked(random((int) MOST + 1, 2)))
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("body_too_large");
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void aBodyThatIsCutShortIsRefused() {
        for (var framing : List.of(length(MOST), CHUNKS + "\r\n186a0")) {
            try (var connection = SERVER.connect()) {
                var answer = connection
                        .send(head("POST", "/digest", framing))
                        .send(random(100_000, 3))
                        .endOutput()
                        .read();
                assertThat(ContractForm.code(answer)).isEqualTo("bad_header");
                assertThat(connection.isClosedByServer()).isTrue();
            }
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void brokenChunksAreRefused() {
        try (var connection = SERVER.connect()) {
            var answer = connection
                    .send(head("POST", "/digest", CHUNKS))
                    .send("3\r\nabc\r\nxyz\r\n")
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("bad_header");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void aHandlerWhoseClientLeavesIsToldSo() {
        var how = new CompletableFuture<Refusal>();
        var route = StreamServer.post("/lost", MOST, request -> {
            try {
                return Response.html(200, digest(readAll(request)));
            } catch (Refusal refusal) {
                how.complete(refusal);
                throw refusal;
            }
        });
        try (var own = new StreamServer(List.of(route))) {
            own.connect()
                    .send(head("POST", "/lost", length(MOST)))
                    .send(random(MIB, 4))
                    .reset();
            assertThat(how.join().status()).isEqualTo(400);
            own.awaitNothingHeld();
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToContinueWhenItsBodyIsRead() {
        try (var connection = SERVER.connect()) {
            connection.send(head("POST", "/digest", "Expect: 100-continue\r\n" + length(1)));
            assertThat(connection.read().status()).isEqualTo(100);
            assertThat(connection.send("x").read().text()).isEqualTo(digest(new byte[] {'x'}));
            goesOn(connection);
            var unwanted = connection
                    .send(head("POST", "/none", "Expect: 100-continue\r\n" + length(1)))
                    .read();
            assertThat(unwanted.text()).isEqualTo("none");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionGoesOnAfterTheRestOfABodyIfThatIsShort() {
        try (var connection = SERVER.connect()) {
            for (var path : List.of("/some", "/none")) {
                var answer = connection
                        .send(head("POST", path, length(MIB)))
                        .send(random(MIB, 5))
                        .read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Connection")).isNull();
                goesOn(connection);
            }
            var last = connection
                    .send(head("POST", "/some", length(MOST)))
                    .send(random((int) MOST, 6))
                    .read();
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void aClientThatMakesTheHandlerWaitGets408() {
        var timeout = Duration.ofMillis(600);
        var route = StreamServer.post("/digest", MOST, request -> Response.html(200, digest(readAll(request))));
        try (var own = new StreamServer(timeout, null, List.of(route));
                var connection = own.connect()) {
            var answer = connection
                    .send(head("POST", "/digest", length(MIB)))
                    .send(random(MIB / 2, 7))
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("request_timeout");
            assertThat(connection.isClosedByServer()).isTrue();
            own.awaitNothingHeld();
        }
    }

    @Test
    void aClientIsNotLateWhileTheHandlerIsBusy() {
        var timeout = Duration.ofMillis(1500);
        var busy = new CountDownLatch(1);
        var route = StreamServer.post("/busy", MOST, request -> {
            readSome(request);
            waitFor(busy);
            return Response.html(200, digest(readAll(request)));
        });
        try (var own = new StreamServer(timeout, null, List.of(route));
                var connection = own.connect()) {
            var body = random(BodyStream.WINDOW, 8);
            connection.send(head("POST", "/busy", length(body.length))).send(body);
            await().pollDelay(timeout.plusMillis(500)).until(() -> true);
            busy.countDown();
            assertThat(connection.read().text()).isEqualTo(digest(Arrays.copyOfRange(body, 10, body.length)));
        }
    }

    /// Much longer than the timeout in all, and never slow.
    @Test
    void aBodyMayTakeLongerThanTheTimeoutIfItKeepsComing() {
        var timeout = Duration.ofSeconds(3);
        var route = StreamServer.post("/digest", MOST, request -> Response.html(200, digest(readAll(request))));
        try (var own = new StreamServer(timeout, null, List.of(route));
                var connection = own.connect()) {
            var piece = random(8 << 10, 9);
            int pieces = 80;
            connection.send(head("POST", "/digest", length((long) pieces * piece.length)));
            for (int sent = 0; sent < pieces; sent++) {
                connection.send(piece);
                await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            }
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    /// The client can send no more than the window and what the sockets of the two machines hold.
    @Test
    void aHandlerThatReadsNothingMakesTheClientWait() {
        var busy = new CountDownLatch(1);
        long all = 64L * MIB;
        var most = new AtomicLong();
        var servers = new CompletableFuture<StreamServer>();
        var route = StreamServer.post("/busy", all, request -> {
            readSome(request);
            waitFor(busy);
            return Response.html(200, "" + readAndLook(request, servers.join(), most));
        });
        var sent = new AtomicLong();
        try (var own = new StreamServer(List.of(route));
                var connection = own.connect()) {
            servers.complete(own);
            connection.send(head("POST", "/busy", length(all)));
            var sending = Together.start(() -> {
                var piece = random(BodyStream.WINDOW, 10);
                while (sent.get() < all) {
                    connection.send(piece);
                    sent.addAndGet(piece.length);
                }
                return true;
            });
            await().until(() -> own.server.memory().taken() > 0);
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(20))
                    .until(new StandsStill(sent)::look);
            assertThat(sent.get()).isLessThan(all / 2);
            assertThat(own.server.memory().taken()).isEqualTo(BodyStream.WINDOW);
            busy.countDown();
            assertThat(connection.read().text()).isEqualTo("" + (all - 10));
            assertThat(sending.join()).isTrue();
            // The window, and what a socket gives at once.
            assertThat(most.get()).isBetween((long) BodyStream.WINDOW, 4L * BodyStream.WINDOW);
            own.awaitNothingHeld();
        }
    }

    /// Reads all of it, looks at what the server holds meanwhile, and returns the length.
    private static long readAndLook(Request request, StreamServer server, AtomicLong most) {
        var piece = new byte[8 << 10];
        long all = 0;
        try {
            for (int count = 0; count >= 0; count = request.stream().read(piece)) {
                all += count;
                most.accumulateAndGet(server.held(), Math::max);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
