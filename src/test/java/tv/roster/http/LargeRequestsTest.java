package tv.roster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.InstantSource;
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
    /// 24 bodies of 1 MiB fill it.
    private static final int MOST = 24;
    private static final int LARGEST = 1 << 20;

    private static TestServer server;

    private final ApiClient bss = server.newTenant();

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of(), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Sends a body all but its last byte, and waits until that was taken.
    private RawHttp unfinished() {
        var connection = new RawHttp(URI.create(server.url()).getPort());
        connection.send(ConnectionsTest.request(
                bss,
                "POST",
                "/api/user/management/v4/users",
                "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + LARGEST + "\r\n"));
        assertThat(connection.read().status()).isEqualTo(100);
        connection.send("x".repeat(LARGEST - 1));
        return connection;
    }

    /// What is announced takes no memory, what arrives does.
    @Test
    void aLargeBodyForWhichThereIsNoRoomIsRefusedUntilThereIsRoomAgain() {
        var large = ApiClient.user("{'name':'" + "x".repeat(LARGEST / 2) + "'}");
        var connections = Stream.generate(this::unfinished).limit(MOST).toList();

        var refused = await().until(() -> bss.post("/users", large), answer -> answer.status() == 503);
        assertThat(refused.code()).isEqualTo("unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(bss.createUser("'name':'Small'").status()).isEqualTo(201);

        connections.forEach(RawHttp::close);
        await().until(() -> bss.post("/users", large).status() == 422);
    }
}
