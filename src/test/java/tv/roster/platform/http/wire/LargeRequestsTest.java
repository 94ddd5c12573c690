package tv.roster.platform.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.RawHttp;

/// Large bodies share an amount of memory: who finds no room is told to come again.
class LargeRequestsTest {
    /// So many bodies of 1 MiB fill one tenant's half of it.
    private static final int HALF = 12;
    private static final int LARGEST = 1 << 20;
    private static final String LARGE = ApiClient.user("{'name':'" + "x".repeat(LARGEST / 2) + "'}");

    private static TestServer server;

    private final ApiClient bss = server.newTenant();
    private final ApiClient other = server.newTenant();

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of(), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Sends a body all but its last byte, and waits until that was taken.
    private static RawHttp unfinished(ApiClient client) {
        var connection = new RawHttp(URI.create(server.url()).getPort());
        connection.send(ConnectionsTest.request(
                client,
                "POST",
                "/api/user/management/v4/users",
                "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + LARGEST + "\r\n"));
        assertThat(connection.read().status()).isEqualTo(100);
        connection.send("x".repeat(LARGEST - 1));
        return connection;
    }

    private static List<RawHttp> halfOfIt(ApiClient client) {
        return Stream.generate(() -> unfinished(client)).limit(HALF).toList();
    }

    @Test
    void oneTenantsLargeBodiesLeaveRoomForThoseOfAnother() {
        var connections = halfOfIt(bss);

        await().until(() -> bss.post("/users", LARGE).status() == 503);
        assertThat(other.post("/users", LARGE).status()).isEqualTo(422);

        connections.forEach(RawHttp::close);
        await().until(() -> bss.post("/users", LARGE).status() == 422);
    }

    /// What is announced takes no memory, what arrives does.
    @Test
    void aLargeBodyForWhichThereIsNoRoomIsRefusedUntilThereIsRoomAgain() {
        var connections = Stream.of(bss, other)
                .flatMap(client -> halfOfIt(client).stream())
                .toList();
        var third = server.newTenant();

        var refused = await().until(() -> third.post("/users", LARGE), answer -> answer.status() == 503);
        assertThat(refused.code()).isEqualTo("unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(bss.createUser("'name':'Small'").status()).isEqualTo(201);

        connections.forEach(RawHttp::close);
        await().until(() -> bss.post("/users", LARGE).status() == 422);
    }
}
