package tv.roster.platform.health;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Json.quoted;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.platform.http.wire.StreamServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

class HealthTest {
    private static final TestServer SERVER = TestServer.shared();

    private static RawHttp connection() {
        return new RawHttp(URI.create(SERVER.healthUrl()).getPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS / HTTP/1.0\r\n\r\n",
                "GET /health/ready HTTP/1.0\r\n\r\n",
                "GET /health/live HTTP/1.0\r\nHost: health.example\r\n\r\n",
                "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            })
    void checksInHttp10AreAnsweredOneOnEachConnection(String check) {
        try (var connection = connection()) {
            var answer = connection.send(check).read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(json("{'status':'UP'}"));
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void chunksAreNoPartOfHttp10() {
        try (var connection = connection()) {
            var answer = connection
                    .send("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                    .read();
            assertThat(ContractForm.code(answer)).isEqualTo("bad_header");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS / HTTP/1.0",
                "HEAD / HTTP/1.0",
                "GET /health/ready HTTP/1.0",
                "GET /health/ready HTTP/1.1\r\nHost: a"
            })
    void everyCheckButThatOfLifeFailsWhereTheServerIsNotReady(String check) {
        var ready = new AtomicBoolean();
        try (var server = new StreamServer(new HealthApi(() -> true, ready::get).routes());
                var down = server.connect();
                var up = server.connect()) {
            boolean headOnly = check.startsWith("HEAD");
            down.send(check + "\r\n\r\n");
            assertThat((headOnly ? down.readHead() : down.read()).status()).isEqualTo(503);
            ready.set(true);
            up.send(check + "\r\n\r\n");
            assertThat((headOnly ? up.readHead() : up.read()).status()).isEqualTo(200);
        }
    }

    @Test
    void linksInItsErrorsLeadToAPage() {
        var error = new ApiClient(SERVER.healthUrl(), null).get("/nothing");
        assertThat(error.status()).isEqualTo(404);
        assertThat(new ApiClient(SERVER.url(), null)
                        .get(error.textAt("/errors/0/links/about"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void linksInItsErrorsLeadToTheSameHostWhereTheApiListensEverywhere() {
        try (var server = new TestServer(Map.of("ROSTER_HOST", "0.0.0.0"), InstantSource.system());
                var connection = new RawHttp(URI.create(server.healthUrl()).getPort())) {
            var answer = connection.send("GET /nothing HTTP/1.0\r\n\r\n").read();
            assertThat(answer.text()).contains(quoted(server.url() + "/errors/not_found"));
        }
    }
}
