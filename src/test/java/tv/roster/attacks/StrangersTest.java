package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ServerAlone;

/// What strangers without a key make a server hold that has the memory which the launcher gives it: it stays under
/// it, and serves others meanwhile.
class StrangersTest {
    private static final long MOST_RESIDENT_KIB = 400 * 1024;
    private static final Duration MOST_LATENCY = Duration.ofSeconds(15);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @TempDir
    static Path folder;

    private static ServerAlone server;
    private static ApiClient bss;
    private static int port;

    private final List<SocketChannel> held = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = ServerAlone.start(
                folder.resolve("data"),
                "-Xmx144m",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=4",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED");
        bss = server.bss();
        port = URI.create(bss.base()).getPort();
        bss.createUser("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void letGo() throws IOException {
        for (var connection : held) {
            connection.close();
        }
        othersAreServed();
    }

    /// Opens connections that send this, as far as it is taken at once, and read nothing.
    private void hold(int connections, String sent) throws IOException {
        var bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < connections; at++) {
            var connection = SocketChannel.open();
            connection.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            connection.configureBlocking(false);
            try {
                connection.write(ByteBuffer.wrap(bytes));
            } catch (IOException closedByServer) {
                // As it may be where too much is held.
            }
            held.add(connection);
        }
    }

    private static void othersAreServed() throws IOException {
        for (int at = 0; at < 5; at++) {
            long start = System.nanoTime();
            assertThat(bss.get("/users").status()).isEqualTo(200);
            assertThat(new ApiClient("http://127.0.0.1:" + port, null)
                            .get("/forgot/demo")
                            .status())
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST_LATENCY);
        }
        assertThat(server.process().isAlive()).isTrue();
        var status = Path.of("/proc", Long.toString(server.process().pid()), "status");
        if (Files.exists(status)) {
            var resident = RESIDENT.matcher(Files.readString(status));
            assertThat(resident.find()).isTrue();
            assertThat(Long.parseLong(resident.group(1))).isLessThan(MOST_RESIDENT_KIB);
        }
    }

    private static String form(int length, String more) {
        return "POST /forgot/demo HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + length + "\r\n\r\n" + more;
    }

    @Test
    void headsThatAreNotWhole() throws IOException {
        hold(1_000, "GET /" + "a".repeat(60_000) + " HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(15_000));
        othersAreServed();
    }

    @Test
    void bodiesThatLackOneByte() throws IOException {
        hold(990, form(131_072, "a".repeat(131_071)));
        othersAreServed();
    }

    @Test
    void formsThatLackOneByte() throws IOException {
        hold(1_500, form(16_384, "a".repeat(16_383)));
        othersAreServed();
    }

    @Test
    void manySmallBodiesThatAreNotWhole() throws IOException {
        hold(1_100, form(100, "a"));
        othersAreServed();
    }

    @Test
    void chunkedFormsWithoutAnEnd() throws IOException {
        var head = """
                POST /forgot/demo HTTP/1.1\r
                Host: a\r
                Content-Type: application/x-www-form-urlencoded\r
                Transfer-Encoding: chunked\r
                \r
                3e8\r
                """;
        hold(24, head + "a".repeat(1000) + "\r\n");
        assertThat(bss.get("/users?page%5Bsize%5D=1000").status()).isEqualTo(200);
        othersAreServed();
    }

    @Test
    void largeBodiesWithoutAKey() throws IOException {
        var head = """
                POST /api/user/management/v4/users HTTP/1.1\r
                Host: a\r
                Content-Type: application/json\r
                Content-Length: 1048576\r
                \r
                """;
        hold(200, head + "a".repeat(1_000_000));
        othersAreServed();
    }

    @Test
    void answersThatNobodyReads() throws IOException {
        var request = "GET /pages/swagger-ui.js HTTP/1.1\r\nHost: a\r\n\r\n";
        var large = "GET /" + "a".repeat(60_000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        hold(500, request.repeat(8) + large.repeat(8));
        othersAreServed();
    }

    @Test
    void connectionsThatDoNothing() throws IOException {
        hold(3_000, "");
        othersAreServed();
    }
}
