package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.FolderProcesses;
import tv.roster.testing.ServerAlone;

/// Whatever ends the server, and whenever: its PostgreSQL ends within seconds, and the next start is as good as
/// any.
class OrphansTest {
    private static final String[] QUICK = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void folder() throws IOException {
        data = folder.toRealPath().resolve("data");
    }

    /// One start after the other on the same folder, for each of them takes its time.
    @Test
    void aServerThatIsKilledAtWhateverMomentLeavesNothingBehindAndTheNextOneServes() throws Exception {
        killedWhen(this::dataIsBeingMade);
        killedWhen(() -> Files.exists(data.resolve("postgresql/postmaster.pid")));
        killedWhileItServes();
        killedWhileItStops();
        try (var server = ServerAlone.start(data, QUICK)) {
            assertThat(server.bss().get("/users").status()).isEqualTo(200);
        }
    }

    private boolean dataIsBeingMade() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.anyMatch(half -> Files.exists(half.resolve("data/base/1")));
        }
    }

    private void killedWhileItServes() throws InterruptedException {
        var server = ServerAlone.start(data, QUICK);
        var processes = FolderProcesses.of(data, server.process());
        assertThat(processes).hasSizeGreaterThan(1);
        assertThat(processes)
                .allSatisfy(process -> assertThat(environment(process)).doesNotContain("ROSTER_"));
        // Ctrl-C, or a supervisor that kills the server's whole group, must not take the watcher with it.
        assertThat(processes)
                .extracting(ProcessHandle::pid)
                .extracting(OrphansTest::group)
                .doesNotContain(
                        group(server.process().pid()),
                        group(ProcessHandle.current().pid()));
        server.process().destroyForcibly();
        nothingIsLeftOf(server.process());
    }

    private void killedWhileItStops() throws InterruptedException {
        var server = ServerAlone.start(data, QUICK);
        server.process().destroy();
        once(() -> Files.readString(ServerAlone.log(data)).contains("Stopping"));
        server.process().destroyForcibly();
        nothingIsLeftOf(server.process());
    }

    private void killedWhen(Callable<Boolean> moment) throws Exception {
        var server = ServerAlone.launch(data, Map.of(), QUICK);
        once(() -> Files.exists(data));
        once(moment);
        server.destroyForcibly();
        nothingIsLeftOf(server);
    }

    private static void once(Callable<Boolean> moment) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(moment);
    }

    private void nothingIsLeftOf(Process server) throws InterruptedException {
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(FolderProcesses.of(data, server))
                .extracting(ProcessHandle::info)
                .isEmpty());
    }

    private static String environment(ProcessHandle process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"));
    }

    /// The process group, as /proc tells it behind the name in parentheses, the state and the parent.
    private static String group(long process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4)[2];
        } catch (IOException gone) {
            return "gone";
        }
    }
}
