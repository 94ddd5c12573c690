package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Build;
import tv.roster.testing.FreePort;
import tv.roster.testing.Program;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Two servers behind HAProxy, which are replaced one after the other while clients call.
final class NodesBehindProxy implements AutoCloseable {
    private static final int CLIENTS = 3;
    private static final int MOST_CALLS_EACH = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final DatabaseAddress database = TestPostgres.newMigratedDatabase();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final ServerAlone[] nodes = new ServerAlone[2];
    private final ApiClient bss;
    private Process proxy;
    private volatile boolean over;

    /// Starts both, and the proxy.
    NodesBehindProxy(Path folder, Build build) {
        this.folder = folder;
        try {
            nodes[0] = start(0, build, 0, 0);
            nodes[1] = start(1, build, 0, 0);
            bss = behindTheProxy();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private ServerAlone start(int node, Build build, int port, int healthPort) throws IOException {
        var own = Files.createDirectories(folder.resolve("node" + node));
        return ServerAlone.start(own.resolve("data"), settings(port, healthPort), build, "-Xmx256m");
    }

    private Map<String, String> settings(int port, int healthPort) {
        return Map.of(
                "ROSTER_PORT", String.valueOf(port),
                "ROSTER_HEALTH_PORT", String.valueOf(healthPort),
                "ROSTER_DRAIN_SECONDS", System.getProperty("roster.restarts.drain", "4"),
                "ROSTER_TRUSTED_PROXIES", "127.0.0.1",
                "ROSTER_DATABASE_URL", TestPostgres.url(database));
    }

    /// The configuration that docs/production.md prints, with this test's ports.
    private String configuration(int port) throws IOException {
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
        int port = FreePort.find();
        var file = Files.writeString(folder.resolve("haproxy.cfg"), configuration(port));
        proxy = new ProcessBuilder(program.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        var client = new ApiClient(
                "http://127.0.0.1:" + port + "/api/user/management/v4",
                nodes[0].bss().key());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.get("/users").status() == 200);
        return client;
    }

    /// Calls through the proxy until `work` is done with both nodes. No call may be lost, and every user that was
    /// created is there at the end.
    void underLoad(Runnable work) {
        Together.run(CLIENTS + 1, client -> {
            if (client < CLIENTS) {
                for (int call = 0; call < MOST_CALLS_EACH && !over; call++) {
                    callAll(call);
                }
            } else {
                try {
                    work.run();
                } finally {
                    over = true;
                }
            }
            return client;
        });
        System.out.println("Behind HAProxy: " + calls + " calls, " + lost.size() + " lost.");
        assertThat(lost).isEmpty();
        assertThat(made).isNotEmpty();
        assertThat(bss.allUserIds()).containsAll(made);
    }

    /// One of each kind of call.
    private void callAll(int number) {
        try {
            var answer = bss.post("/users", ApiClient.user("{'name':'Anna'}"));
            if (isGood(answer.status(), answer.text())) {
                var id = answer.id();
                answer = bss.get("/users/" + id + "?include=user_profiles");
                isGood(answer.status(), answer.text());
                answer = bss.patchUser(id, "'name':'Anna V'");
                isGood(answer.status(), answer.text());
                answer = bss.get("/users?page%5Bsize%5D=5&sort=-created_time");
                isGood(answer.status(), answer.text());
                if (number % 5 == 0) {
                    answer = bss.delete("/users/" + id);
                    isGood(answer.status(), answer.text());
                } else {
                    made.add(id);
                }
            }
        } catch (UncheckedIOException | AssertionError broken) {
            // Also what the proxy answers itself, which is not as the API's description has it.
            lost.add(broken.toString());
        }
    }

    private boolean isGood(int status, String text) {
        calls.incrementAndGet();
        if (status > 299) {
            lost.add(status + " " + text);
        }
        return status <= 299;
    }

    /// Stops one of them and starts this build in its place; returns when calls come to it.
    void replace(int number, Build build) {
        var node = nodes[number];
        stop(number);
        try {
            nodes[number] = start(number, build, node.port(), node.healthPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The proxy has to see it come before the other one goes.
        await().atMost(PATIENCE).until(nodes[number]::hasServedTheBss);
    }

    void stop(int number) {
        nodes[number].process().destroy();
        try {
            assertThat(nodes[number].process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The first column of a query's first row, as text.
    String value(String sql) {
        return TestPostgres.value(database, sql);
    }

    /// What both said on standard error.
    String log(int number) {
        try {
            return Files.readString(folder.resolve("node" + number).resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
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
}
