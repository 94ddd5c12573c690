package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tv.roster.platform.http.wire.StreamServer.MIB;
import static tv.roster.platform.http.wire.StreamServer.head;
import static tv.roster.platform.http.wire.StreamServer.length;
import static tv.roster.platform.http.wire.StreamServer.random;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.limits.MemoryBudget;
import tv.roster.platform.http.limits.Slots;
import tv.roster.platform.http.receiving.BodyStream;
import tv.roster.platform.http.receiving.RequestBody;
import tv.roster.platform.problems.Refusal;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// What streams take from others, and what others cannot take from them.
class StreamLimitsTest {
    private static final int CONNECTIONS = 8;

    private static StreamServer server(int requestsAtOnce) {
        var crowd = new HttpServer.Crowd(CONNECTIONS, CONNECTIONS, address -> false);
        var listener =
                new HttpServer.Listener("127.0.0.1", 0, null, Duration.ofSeconds(30), requestsAtOnce, false, crowd);
        var route = StreamServer.post(
                "/length", MIB, request -> Response.html(200, "" + StreamServer.readAll(request).length));
        return new StreamServer(listener, Patience.USUAL, List.of(route));
    }

    /// One whose body is being read.
    private static RawHttp begin(StreamServer server) {
        var connection = server.connect().send(head("POST", "/length", length(MIB)));
        connection.send(random(MIB / 2, 1));
        await().until(() -> server.server.memory().taken() > 0);
        return connection;
    }

    @Test
    void aConnectionWithAStreamIsNotClosedToMakeRoomForNewerOnes() {
        try (var server = server(100);
                var streaming = begin(server)) {
            var newer = Stream.generate(server::connect).limit(5L * CONNECTIONS).toList();

            assertThat(newer.getLast().send(head("GET", "/nothing", "")).read().status())
                    .isEqualTo(404);
            assertThat(streaming.send(random(MIB / 2, 2)).read().text()).isEqualTo("" + MIB);
            newer.forEach(RawHttp::close);
        }
    }

    @Test
    void aStreamHasItsPlaceUntilItEnds() {
        try (var server = server(1);
                var streaming = begin(server);
                var other = server.connect()) {
            var request = head("POST", "/length", length(1)) + "x";
            assertThat(ContractForm.code(other.send(request).read())).isEqualTo("unavailable");

            assertThat(streaming.send(random(MIB / 2, 2)).read().text()).isEqualTo("" + MIB);
            server.awaitNothingHeld();

            assertThat(other.send(request).read().text()).isEqualTo("1");
        }
    }

    /// A window is one of the large bodies; what fits in a small one needs no leave.
    @Timeout(30)
    @ParameterizedTest
    @ValueSource(ints = {RequestBody.UNASKED + 1, BodyStream.WINDOW, MIB})
    void aStreamForWhoseWindowThereIsNoRoomIsRefused(int size) {
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, size);
        var memory = new MemoryBudget(MIB);
        memory.takeNow(MIB, Slots.NONE);
        var body = new RequestBody(head, memory);
        var stream = new BodyStream[1];
        stream[0] = new BodyStream(body, MIB, new BodyStream.Source() {
            @Override
            public void ask() {
                body.want(stream[0], Slots.NONE);
            }

            @Override
            public void freed(int bytes) {}
        });
        assertThatThrownBy(() -> stream[0].read())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
    }
}
