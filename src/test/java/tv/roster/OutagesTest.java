package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Response;
import tv.roster.testing.RunFolder;

/// What clients and load balancers see when the database is away, and when the server stops.
class OutagesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static EmbeddedPostgres postgres(Path folder) {
        return EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.FOR_TESTS);
    }

    private static void unavailable(Response response) {
        ContractForm.checkError(response);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.code()).isEqualTo("unavailable");
        assertThat(response.header("Retry-After")).matches("[1-9][0-9]*");
    }

    private static Response ready(TestServer server) {
        return new ApiClient(server.healthUrl(), null).get("/health/ready");
    }

    @Test
    void whileTheDatabaseIsAwayCallsGet503AndAreServedAgainWhenItIsBack() {
        var folder = RunFolder.resolve("postgres-away");
        var first = postgres(folder);
        try (var server = new TestServer(Map.of(), InstantSource.system(), first.address())) {
            var bss = server.newTenant();
            var id = bss.createUser("").id();
            first.close();

            unavailable(bss.get("/users"));
            unavailable(bss.get("/users/" + id));
            unavailable(bss.post("/users", ApiClient.user("{}")));
            unavailable(bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "once"));
            unavailable(bss.delete("/users/" + id));
            assertThat(bss.get("/nothing").status()).isEqualTo(404);
            assertThat(server.client("nobody").get("/users").status()).isEqualTo(401);
            assertThat(ready(server).status()).isEqualTo(503);
            assertThat(ready(server).textAt("/status")).isEqualTo("DOWN");

            try (var second = postgres(folder)) {
                assertThat(second.address().port()).isEqualTo(first.address().port());
                await().atMost(PATIENCE).until(() -> bss.get("/users/" + id).status() == 200);
                await().atMost(PATIENCE).until(() -> ready(server).status() == 200);
                assertThat(bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "once")
                                .status())
                        .isEqualTo(201);
                assertThat(bss.delete("/users/" + id).status()).isEqualTo(204);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void aServerThatStopsFinishesWhatIsUnderWayAndListensNoMore() throws Exception {
        var server = new TestServer(Map.of(), InstantSource.system());
        var bss = server.newTenant();
        var document = ApiClient.user("{'name':'Anna'}");
        int port = URI.create(server.url()).getPort();
        try (var underWay = new RawHttp(port);
                var late = new RawHttp(port);
                var idle = new RawHttp(port)) {
            underWay.send("POST /api/user/management/v4/users HTTP/1.1\r\nHost: a\r\nAuthorization: Apikey " + bss.key()
                    + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                    + document.length() + "\r\n\r\n");
            assertThat(underWay.read().status()).isEqualTo(100);
            late.send("GET / HTTP/1.1\r\n");
            assertThat(ready(server).status()).isEqualTo(200);
            var closed = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);

            await().atMost(PATIENCE).until(() -> ready(server).status() == 503);
            assertThat(idle.isClosedByServer()).isTrue();
            assertThatThrownBy(() -> new RawHttp(port)).hasMessageContaining("refused");
            var refused = late.send("Host: a\r\n\r\n").read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Connection")).isEqualTo("close");
            assertThat(late.isClosedByServer()).isTrue();
            assertThat(closed).isNotDone();

            var answer = underWay.send(document).read();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(closed).succeedsWithin(PATIENCE);
        }
    }
}
