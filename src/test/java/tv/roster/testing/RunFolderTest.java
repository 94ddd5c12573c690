package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// The tests leave no databases behind: tried with runs in processes of their own.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class RunFolderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    /// A run that creates a database, prints the process of its PostgreSQL, and ends when its input does.
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) throws IOException {
            TestPostgres.newDatabase();
            var note = RunFolder.resolve("postgres").resolve("postgresql").resolve("postmaster.pid");
            System.out.println("postmaster " + Files.readAllLines(note).getFirst());
            if (System.in.read() >= 0) {
                throw new IllegalStateException("nothing is sent to a run");
            }
        }
    }

    private Process start() throws IOException {
        var run = JavaProcess.of(folder, List.of("--enable-native-access=ALL-UNNAMED"), Run.class.getName())
                .redirectErrorStream(true)
                .start();
        started.add(run);
        return run;
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    /// The PostgreSQL of a run, once it has started.
    private static ProcessHandle postmaster(Process run) throws IOException {
        var output = run.inputReader();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("postmaster ")) {
                return ProcessHandle.of(Long.parseLong(line.substring("postmaster ".length())))
                        .orElseThrow();
            }
        }
        throw new AssertionError("The run has ended early");
    }

    private static void end(Process run) throws IOException, InterruptedException {
        run.getOutputStream().close();
        assertThat(run.waitFor()).isZero();
    }

    private List<Path> runs() throws IOException {
        try (var runs = Files.list(folder.resolve("target/test-runs"))) {
            return runs.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void theNextRunRemovesAKilledOneAndThenItself() throws Exception {
        var killed = start();
        var left = postmaster(killed);
        killed.destroyForcibly().waitFor();
        assertThat(runs()).hasSize(1);

        var next = start();
        var own = postmaster(next);
        await().atMost(PATIENCE).until(() -> !left.isAlive());
        assertThat(runs()).hasSize(1);

        end(next);
        assertThat(own.isAlive()).isFalse();
        assertThat(runs()).isEmpty();
    }

    @Test
    void aRunLeavesAloneTheFolderOfAnotherThatIsUnderWay() throws Exception {
        var first = start();
        var postgres = postmaster(first);
        var second = start();
        postmaster(second);
        assertThat(runs()).hasSize(2);

        end(second);
        assertThat(runs()).hasSize(1);
        assertThat(postgres.isAlive()).isTrue();
        end(first);
    }
}
