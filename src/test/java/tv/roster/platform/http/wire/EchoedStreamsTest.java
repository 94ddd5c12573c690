package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tv.roster.platform.http.wire.StreamServer.MIB;
import static tv.roster.platform.http.wire.StreamServer.chunked;
import static tv.roster.platform.http.wire.StreamServer.head;
import static tv.roster.platform.http.wire.StreamServer.length;
import static tv.roster.platform.http.wire.StreamServer.random;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.receiving.BodyStream;
import tv.roster.testing.LoopWaits;
import tv.roster.testing.RawHttp;
import tv.roster.testing.SelfSigned;
import tv.roster.testing.Together;

/// A body and its answer under way at the same time.
class EchoedStreamsTest {
    /// More by `-Droster.streamed-mib=1024`.
    private static final long ALL = Long.getLong("roster.streamed-mib", 64) * MIB;

    private static final long BOUND = 8L * BodyStream.WINDOW;
    private static final int CLIENTS = 16;
    private static final int TIMES = 3;
    private static final String CHUNKS = "Transfer-Encoding: chunked\r\n";

    private static final StreamServer SERVER =
            new StreamServer(List.of(StreamServer.post("/echo", ALL, request -> echo(request, () -> {}))));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /// Sends the body back; does something after each piece.
    private static Response echo(Request request, Runnable afterPiece) {
        return Response.stream(200, Map.of(), body -> {
            var piece = new byte[10_000];
            for (int count = 0; count >= 0; count = request.stream().read(piece)) {
                body.write(piece, 0, count);
                afterPiece.run();
            }
        });
    }

    private static void echoes(RawHttp connection, int size) {
        var body = random(size, size);
        for (int time = 0; time < 2; time++) {
            var sending = Together.start(() -> connection
                    .send(head("POST", "/echo", length(size)))
                    .send(body)
                    .send(head("POST", "/echo", CHUNKS))
                    .send(chunked(body)));
            assertThat(connection.read().body()).isEqualTo(body);
            var second = connection.read();
            assertThat(second.body()).isEqualTo(body);
            assertThat(second.header("Connection")).isNull();
            sending.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3 * MIB + 1})
    void aBodyComesBackAndTheConnectionGoesOn(int size) {
        try (var connection = SERVER.connect()) {
            echoes(connection, size);
        }
        SERVER.awaitNothingHeld();
    }

    @Test
    void aBodyComesBackOverTls() throws IOException {
        var context = SelfSigned.context();
        var echo = StreamServer.post("/echo", ALL, request -> echo(request, () -> {}));
        try (var own = new StreamServer(
                Duration.ofSeconds(30),
                () -> {
                    var engine = context.createSSLEngine();
                    engine.setUseClientMode(false);
                    return engine;
                },
                List.of(echo))) {
            var socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), own.server.port());
            try (var connection = new RawHttp(socket)) {
                echoes(connection, 3 * MIB + 1);
            }
            own.awaitNothingHeld();
        }
    }

    /// Whatever goes through, no more is held than two windows and what the sockets give and take at once.
    @Test
    void aLongStreamTakesNoMoreMemoryThanAShortOne() throws IOException {
        var sent = new CRC32();
        var received = new CRC32();
        var mostHeld = new AtomicLong();
        var started = new CompletableFuture<StreamServer>();
        var route = StreamServer.post(
                "/echo",
                ALL,
                request -> echo(
                        request, () -> mostHeld.accumulateAndGet(started.join().held(), Math::max)));
        try (var own = new StreamServer(List.of(route));
                var connection = own.connect()) {
            started.complete(own);
            connection.send(head("POST", "/echo", length(ALL)));
            var sending = Together.start(() -> {
                var piece = random(MIB, 1);
                for (long at = 0; at < ALL; at += piece.length) {
                    connection.send(piece);
                    sent.update(piece);
                }
                return true;
            });
            assertThat(connection.readHead().status()).isEqualTo(200);
            var output = new CheckedOutputStream(OutputStream.nullOutputStream(), received);
            assertThat(connection.readChunks(output)).isEqualTo(ALL);
            assertThat(sending.join()).isTrue();
            own.awaitNothingHeld();
        }
        assertThat(received.getValue()).isEqualTo(sent.getValue());
        assertThat(mostHeld.get()).isBetween((long) BodyStream.WINDOW, BOUND);
    }

    @Test
    void anAnswerBreaksOffWithTheBodyThatItIsMadeOf() {
        try (var connection = SERVER.connect()) {
            connection
                    .send(head("POST", "/echo", length(MIB)))
                    .send(random(MIB / 2, 2))
                    .endOutput();
            assertThatThrownBy(connection::read).isInstanceOf(UncheckedIOException.class);
        }
        SERVER.awaitNothingHeld();
    }

    /// Clients that read all, and some that leave in the middle.
    @Test
    void noLoopWaitsForALockWhileStreamsAreUnderWay() {
        try (var waits = new LoopWaits()) {
            waits.start();
            Together.run(CLIENTS, number -> {
                for (int time = 0; time < TIMES; time++) {
                    try (var connection = SERVER.connect()) {
                        if (number % 4 == 0) {
                            connection.send(head("POST", "/echo", length(MIB))).send(random(MIB / 2, number));
                            connection.readHead();
                        } else {
                            echoes(connection, MIB / 2 + number);
                        }
                    }
                }
                return true;
            });
            SERVER.awaitNothingHeld();
            assertThat(waits.stop()).isEmpty();
        }
    }
}
