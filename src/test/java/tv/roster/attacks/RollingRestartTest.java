package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Program;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Two servers behind HAProxy, restarted one after the other while clients call: no call is lost.
///
/// `-Droster.restarts=10` restarts each of them so often.
class RollingRestartTest {
    private static final int RESTARTS = Integer.getInteger("roster.restarts", 1);
    private static final int CLIENTS = 3;
    private static final int MOST_CALLS_EACH = 20_000 * RESTARTS;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final DatabaseAddress database = TestPostgres.newDatabase();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final ServerAlone[] nodes = new ServerAlone[2];
    private Process proxy;
    private volatile boolean over;

    private ServerAlone start(int node, int port, int healthPort) {
        var settings = Map.of(
                "ROSTER_PORT", String.valueOf(port),
                "ROSTER_HEALTH_PORT", String.valueOf(healthPort),
                "ROSTER_DRAIN_SECONDS", System.getProperty("roster.restarts.drain", "4"),
                "ROSTER_TRUSTED_PROXIES", "127.0.0.1",
                "ROSTER_DATABASE_URL", TestPostgres.url(database));
        try {
            var own = Files.createDirectories(folder.resolve("node" + node));
            return ServerAlone.start(own.resolve("data"), settings, "-Xmx256m");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        over = true;
        if (proxy != null) {
            proxy.destroy();
        }
        for (var node : nodes) {
            if (node != null) {
                node.close();
            }
        }
    }

    /// The configuration that docs/production.md prints, with this test's ports.
    private static String configuration(int port, ServerAlone[] nodes) throws IOException {
        var printed = Files.readString(Path.of("docs", "production.md"));
        var begin = printed.indexOf("```haproxy") + "```haproxy\n".length();
        return printed.substring(begin, printed.indexOf("```", begin))
                .replace("bind :8443 ssl crt /etc/haproxy/roster.pem", "bind 127.0.0.1:" + port)
                .replace("10.0.0.11:8080 check port 8081", address(nodes[0]))
                .replace("10.0.0.12:8080 check port 8081", address(nodes[1]));
    }

    private static String address(ServerAlone node) {
        return node.url().replace("http://", "") + " check port " + node.healthPort();
    }

    private ApiClient behindTheProxy() throws IOException {
        var program = Program.demand("haproxy");
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        var file = Files.writeString(folder.resolve("haproxy.cfg"), configuration(port, nodes));
        proxy = new ProcessBuilder(program.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        var bss = new ApiClient(
                "http://127.0.0.1:" + port + "/api/user/management/v4",
                nodes[0].bss().key());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> bss.get("/users").status() == 200);
        return bss;
    }

    private void call(ApiClient bss) {
        for (int call = 0; call < MOST_CALLS_EACH && !over; call++) {
            calls.incrementAndGet();
            try {
                var answer = bss.post("/users", ApiClient.user("{}"));
                if (answer.status() == 201) {
                    made.add(answer.id());
                    answer = bss.get("/users/" + answer.id());
                }
                if (answer.status() > 299) {
                    lost.add(answer.status() + " " + answer.text());
                }
            } catch (UncheckedIOException | AssertionError broken) {
                // Also what the proxy answers itself, which is not as the API's description has it.
                lost.add(broken.toString());
            }
        }
    }

    private void restart(int number) {
        var node = nodes[number];
        node.process().destroy();
        try {
            assertThat(node.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        nodes[number] = start(number, node.port(), node.healthPort());
        // The proxy has to see it come before the other one goes.
        await().atMost(PATIENCE).until(nodes[number]::hasServedTheBss);
    }

    @Test
    void nothingIsLostWhenBothAreRestarted() throws IOException {
        Program.demand("haproxy");
        nodes[0] = start(0, 0, 0);
        nodes[1] = start(1, 0, 0);
        var bss = behindTheProxy();
        Together.run(CLIENTS + 1, client -> {
            if (client < CLIENTS) {
                call(bss);
            } else {
                for (int time = 0; time < 2 * RESTARTS; time++) {
                    restart(time % 2);
                }
                over = true;
            }
            return client;
        });
        System.out.println("Rolling restart: " + calls + " calls, " + lost.size() + " lost.");
        assertThat(lost).isEmpty();
        assertThat(bss.allUserIds()).containsAll(made);
    }
}
