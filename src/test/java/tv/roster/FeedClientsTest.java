package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;
import tv.roster.testing.RunningProgram;

/// The readers of the feed in `docs/clients`, each run by its own runtime, where that is there.
class FeedClientsTest {
    private static final Path CLIENTS = Path.of("docs", "clients");

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    @ParameterizedTest
    @CsvSource({"sh, feed.sh", "python3, feed.py", "node, feed.mjs"})
    void readerPrintsWhatHappensAndGoesOnWhereItStopped(String runtime, String file) throws IOException {
        check(Program.demand(runtime).toString(), file);
    }

    @Test
    void javaReaderPrintsWhatHappensAndGoesOnWhereItStopped() throws IOException {
        check(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Feed.java");
    }

    private void check(String runtime, String file) throws IOException {
        Files.copy(CLIENTS.resolve(file), folder.resolve(file));
        var server = TestServer.shared();
        var bss = server.newKey(server.addTenant(), "users:write", "events:read");
        var variables = Map.of("ROSTER_URL", server.url(), "KEY", bss.key());
        bss.createUser("'external_id':'c-10022'");
        try (var reader = RunningProgram.start(folder, variables, List.of(runtime, file))) {
            reader.awaitOutput("c-10022");
            bss.createUser("'external_id':'c-10023'");
            reader.awaitOutput("c-10023");
        }
        bss.createUser("'external_id':'c-10024'");
        try (var reader = RunningProgram.start(folder, variables, List.of(runtime, file))) {
            reader.awaitOutput("c-10024");
            assertThat(reader.output()).doesNotContain("c-10022");
        }
    }
}
