package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.TestServer;
import tv.roster.testing.ImportClient;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// A node that stands still in the middle of an import for longer than its lease: another one goes on, and when the
/// first one wakes up, it changes nothing any more.
class PausedNodeImportTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final MixedFile file = new MixedFile(9_000, 7);

    private static void signal(ServerAlone node, String signal) {
        try {
            var sent = new ProcessBuilder(
                            "kill", signal, Long.toString(node.process().pid()))
                    .start();
            assertThat(sent.waitFor()).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void changesNothingWhenItWakesUp() {
        var database = TestPostgres.newMigratedDatabase();
        try (var paused = ServerAlone.start(
                folder.resolve("data"),
                Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database)),
                "-Xmx192m",
                "-XX:+UseSerialGC")) {
            var imports = new ImportClient(paused.bss());
            file.addExisting(imports);
            var sent = file.send(imports);
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> imports.show(sent.id()).at("/rows/done").asInt() > 0);
            signal(paused, "-STOP");
            try (var other = new TestServer(Map.of(), InstantSource.system(), database)) {
                var there = new ImportClient(other.client(paused.bss().key()));
                file.check(there, sent);
                signal(paused, "-CONT");
                await().atMost(PATIENCE).until(() -> paused.bss().get("/users").status() == 200);
                file.check(there, sent);
                file.check(database, sent.id());
            } finally {
                signal(paused, "-CONT");
            }
        }
    }
}
