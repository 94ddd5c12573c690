package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.templates.PageDialect;
import tv.roster.testing.ContractForm;

class OverloadTest {
    /// A streamed answer keeps its place for as long as it is written.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatComesBeyondTheLimitIsTurnedAwayAndTheRestGoesOn(boolean streamed) throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var routes = List.of(
                Route.get(
                        "/slow",
                        Demand.<Gate.Anybody>nothing(),
                        (caller, request) -> streamed
                                ? Response.stream(200, Map.of(), body -> {
                                    body.flush();
                                    slow(entered, leave);
                                })
                                : slow(entered, leave)),
                Route.get("/quick", Demand.<Gate.Anybody>nothing(), (caller, request) -> Response.empty(204)));
        var listener = new HttpServer.Listener("127.0.0.1", 0, null, Duration.ofSeconds(30), 1, false);
        var pages = new PageDialect(
                (refusal, request) -> Response.html(refusal.status(), "made on a loop"), DocumentDialect.DOCUMENTS);
        try (var server = new StreamServer(listener, Patience.USUAL, pages, routes);
                var first = server.connect();
                var second = server.connect()) {
            first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            entered.await();
            var turnedAway = second.send("GET /quick HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
                    .read();
            assertThat(turnedAway.status()).isEqualTo(503);
            assertThat(ContractForm.code(turnedAway)).isEqualTo("unavailable");
            assertThat(turnedAway.header("Retry-After")).isEqualTo("1");
            leave.countDown();
            assertThat(first.read().status()).isEqualTo(streamed ? 200 : 204);
            await().until(server.server::isUnoccupied);
            assertThat(second.send("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(204);
        }
    }

    private static Response slow(CountDownLatch entered, CountDownLatch leave) {
        entered.countDown();
        try {
            leave.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Response.empty(204);
    }
}
