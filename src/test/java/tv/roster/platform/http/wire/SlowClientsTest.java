package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// Clients that take their time, and those that ask before they send.
class SlowClientsTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String BASE = "/api/user/management/v4";
    private static final String JSON = "Content-Type: application/json\r\n";

    private final ApiClient bss = SERVER.newTenant();

    @Test
    void aClientThatAsksFirstIsToldToContinueOnlyIfItsBodyIsWanted() {
        var expecting = JSON + "Content-Length: 9\r\nExpect: 100-continue\r\n";
        try (var connection = new RawHttp(URI.create(SERVER.url()).getPort())) {
            assertThat(connection
                            .send(ConnectionsTest.request(bss, "POST", BASE + "/users", expecting))
                            .read()
                            .status())
                    .isEqualTo(100);
            assertThat(ContractForm.code(connection.send("malformed").read())).isEqualTo("malformed_json");
            var refused = connection
                    .send(ConnectionsTest.request(bss, "POST", "/nothing", expecting))
                    .read();
            assertThat(refused.status()).isEqualTo(404);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void slowClientsGet408() {
        try (var server = new TestServer(Map.of("ROSTER_REQUEST_TIMEOUT", "1"), InstantSource.system());
                var slowHeaders = new RawHttp(URI.create(server.url()).getPort());
                var slowBody = new RawHttp(URI.create(server.url()).getPort());
                var slowUnwanted = new RawHttp(URI.create(server.url()).getPort())) {
            var client = server.newTenant();
            slowHeaders.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
            slowBody.send(
                    ConnectionsTest.request(client, "POST", BASE + "/users", JSON + "Content-Length: 9\r\n") + "{");
            slowUnwanted.send(
                    ConnectionsTest.request(client, "POST", "/nothing", JSON + "Content-Length: 9\r\n") + "{");
            for (var connection : new RawHttp[] {slowHeaders, slowBody}) {
                var answer = connection.read();
                assertThat(ContractForm.code(answer)).isEqualTo("request_timeout");
                assertThat(answer.header("Connection")).isEqualTo("close");
                assertThat(connection.isClosedByServer()).isTrue();
            }
            assertThat(ContractForm.code(slowUnwanted.read())).isEqualTo("not_found");
            assertThat(slowUnwanted.isClosedByServer()).isTrue();
            assertThat(client.get("/users").status()).isEqualTo(200);
        }
    }
}
