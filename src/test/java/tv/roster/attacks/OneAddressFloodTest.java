package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ContractForm;
import tv.roster.testing.RawHttp;

/// One address makes the server hold more than it may for all of them: its own connections are closed, not those of
/// others that hold something for long.
class OneAddressFloodTest {
    private static final int FLOOD = 600;
    private static final int SLOW = 8;
    private static final int LENGTH = 15_000;

    private final List<SocketChannel> flood = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException {
        for (var connection : flood) {
            connection.close();
        }
    }

    /// 45 MB.
    private void flood(int port, String from) {
        var head = ("GET /" + "a".repeat(60_000) + " HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(15_000))
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < FLOOD; at++) {
            try {
                var connection = SocketChannel.open();
                flood.add(connection);
                connection.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
                connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                connection.configureBlocking(false);
                connection.write(ByteBuffer.wrap(head));
            } catch (IOException closedByServer) {
                // As many of them are.
            }
        }
    }

    @Test
    void othersAreServedWhileOneAddressSendsHeadsThatAreNotWhole() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var bss = server.newTenant();
            int port = URI.create(server.url()).getPort();
            var head = "POST /api/user/management/v4/users HTTP/1.1\r\nHost: a\r\nAuthorization: Apikey " + bss.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + LENGTH + "\r\n\r\n";
            var slow = Stream.generate(() -> new RawHttp(port).send(head + "x".repeat(LENGTH - 1)))
                    .limit(SLOW)
                    .toList();
            try {
                for (int time = 0; time < 3; time++) {
                    flood(port, "127.0.0.2");
                    assertThat(bss.get("/users").status()).isEqualTo(200);
                    assertThat(bss.createUser("").status()).isEqualTo(201);
                }
                assertThat(slow)
                        .allSatisfy(connection -> assertThat(
                                        ContractForm.code(connection.send("x").read()))
                                .isEqualTo("malformed_json"));
            } finally {
                slow.forEach(RawHttp::close);
            }
        }
    }
}
