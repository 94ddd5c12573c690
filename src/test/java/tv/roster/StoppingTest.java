package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Program;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// How a server process comes to its end.
class StoppingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SIGINT = 2;

    @TempDir
    Path folder;

    private final DatabaseAddress database = TestPostgres.newMigratedDatabase();

    private ServerAlone start(String drainSeconds) {
        var settings = Map.of("ROSTER_DRAIN_SECONDS", drainSeconds, "ROSTER_DATABASE_URL", TestPostgres.url(database));
        return ServerAlone.start(folder.resolve("data"), settings, "-Xmx256m");
    }

    private static void signal(long process, String name) {
        assertThat(Program.run(Path.of("."), Map.of(), List.of("kill", "-" + name, String.valueOf(process)))
                        .status())
                .isZero();
    }

    private static Duration untilTheEnd(ServerAlone server) throws InterruptedException {
        long start = System.nanoTime();
        assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void afterSigtermItServesOnWhileItIsNotReadyAndAsksClientsToLeave() throws Exception {
        try (var server = start("2")) {
            var bss = server.bss();
            assertThat(bss.get("/users").header("Connection")).isNull();
            signal(server.process().pid(), "TERM");
            await().atMost(PATIENCE).until(() -> server.health("ready").status() == 503);
            assertThat(server.health("live").status()).isEqualTo(200);
            var created = bss.createUser("");
            assertThat(created.header("Connection")).isEqualTo("close");
            assertThat(bss.get("/users/" + created.id()).status()).isEqualTo(200);
            assertThat(untilTheEnd(server)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(server.process().exitValue()).isEqualTo(143);
        }
    }

    /// Whether Ctrl-C does nothing, as for whatever a shell without job control has started in the background.
    private static boolean ignoresInterrupts(ServerAlone server) throws IOException {
        var status =
                Files.readString(Path.of("/proc", Long.toString(server.process().pid()), "status"));
        var ignored = Pattern.compile("SigIgn:\\s*([0-9a-f]+)").matcher(status);
        return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) >> (SIGINT - 1) & 1) == 1;
    }

    @Test
    void ctrlCDoesNotWait() throws Exception {
        try (var server = start("600")) {
            assumeThat(ignoresInterrupts(server)).isFalse();
            signal(server.process().pid(), "INT");
            assertThat(untilTheEnd(server)).isLessThan(Duration.ofSeconds(10));
            assertThat(server.process().exitValue()).isEqualTo(130);
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        try (var server = start("600")) {
            signal(server.process().pid(), "TERM");
            await().atMost(PATIENCE).until(() -> server.health("ready").status() == 503);
            signal(server.process().pid(), "TERM");
            assertThat(untilTheEnd(server)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatWasAcknowledgedWhileItStoppedIsThereAfterwards() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
        try (var server = start("1")) {
            var bss = server.bss();
            Together.run(9, writer -> {
                if (writer == 0) {
                    await().until(() -> acknowledged.size() > 100);
                    signal(server.process().pid(), "TERM");
                    return writer;
                }
                try {
                    while (true) {
                        var answer = bss.post("/users", ApiClient.user("{}"));
                        statuses.merge(answer.status(), 1, Integer::sum);
                        if (answer.status() == 201) {
                            acknowledged.add(answer.id());
                        }
                    }
                } catch (UncheckedIOException serverIsGone) {
                    return writer;
                }
            });
            untilTheEnd(server);
        }
        assertThat(statuses.keySet()).isSubsetOf(201, 503);
        try (var again = start("0")) {
            assertThat(again.bss().allUserIds()).containsAll(acknowledged);
        }
    }

    @Test
    void withAFrozenPostgresItStopsInTime() throws Exception {
        var data = folder.resolve("data");
        try (var server = ServerAlone.start(data, "-Xmx256m", "-Droster.stop.seconds=8")) {
            var bss = server.bss();
            bss.createUser("");
            var postmaster = server.postmaster().orElseThrow();
            var frozen = new HashSet<ProcessHandle>(Set.of(postmaster));
            postmaster.descendants().forEach(frozen::add);
            frozen.forEach(process -> signal(process.pid(), "STOP"));
            var waiting = Thread.ofVirtual().start(() -> bss.post("/users", ApiClient.user("{}")));
            signal(server.process().pid(), "TERM");
            assertThat(untilTheEnd(server)).isLessThan(Duration.ofSeconds(12));
            await().atMost(PATIENCE).until(() -> frozen.stream().noneMatch(ProcessHandle::isAlive));
            waiting.interrupt();
        }
        try (var again = ServerAlone.start(data)) {
            assertThat(again.bss().allUserIds()).isNotEmpty();
        }
    }

    @Test
    void aStartThatHangsIsStoppedInTime() throws Exception {
        try (var mute = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"))) {
            var url = "postgresql://u:p@127.0.0.1:" + mute.getLocalPort() + "/d?sslmode=disable";
            var process = ServerAlone.launch(
                    folder.resolve("data"), Map.of("ROSTER_DATABASE_URL", url), "-Droster.stop.seconds=3");
            mute.accept();
            signal(process.pid(), "TERM");
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        }
    }
}
