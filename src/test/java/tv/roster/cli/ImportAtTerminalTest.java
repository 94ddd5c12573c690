package tv.roster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.JavaProcess;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;

/// An import as a person at a terminal sees it, with the bar, and Ctrl-C at any moment.
class ImportAtTerminalTest {
    private static final int ROWS = 100_000;
    private static final Pattern FOLLOW = Pattern.compile("\\./roster import --follow ([0-9a-f-]{36})");
    private static final String QUESTION = "go on watching? [c/l/Enter] ";

    private final TestServer server = TestServer.shared();
    private final ApiClient bss = server.newKey(server.addTenant(), "bulk");

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    @BeforeEach
    void writeFile() throws IOException {
        Files.writeString(
                folder.resolve("users.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n", "external_id\n", "\n")));
    }

    /// Runs a command at a terminal: waits for a text, types another, and so on.
    private Program.Run atTerminal(List<String> expectedAndTyped, String... arguments) throws IOException {
        var script = Path.of("src", "test", "resources", "terminal.py").toAbsolutePath();
        var command = new ArrayList<String>();
        command.add(Program.demand("python3").toString());
        command.add(script.toString());
        command.addAll(expectedAndTyped);
        command.add("--");
        command.addAll(roster(arguments).command());
        return Program.run(folder, variables(), command);
    }

    /// With SIGINT as at a terminal, also where a shell has started the tests in the background, which then ignore it.
    private ProcessBuilder roster(String... arguments) {
        var builder = JavaProcess.of(folder, List.of(), "tv.roster.Main", arguments);
        builder.command().addAll(0, List.of("env", "--default-signal=INT"));
        builder.environment().putAll(variables());
        return builder;
    }

    private Map<String, String> variables() {
        return Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", bss.key());
    }

    @Test
    void ctrlCAsksAndTheImportIsLeftRunningAndCancelledLater() throws IOException {
        var left = atTerminal(
                List.of("Importing [", "\\x03", QUESTION, "\\n", "Importing [", "\\x03", QUESTION, "l\\n"),
                "import",
                "users.csv");
        assertThat(left.status()).as(left.output()).isEqualTo(130);
        assertThat(left.output()).contains("Sending [", "/100,000 rows", " rejected", "The import goes on.");
        var id = FOLLOW.matcher(left.output());
        assertThat(id.find()).isTrue();
        var cancelled = atTerminal(
                List.of("Importing [", "\\x03", QUESTION, "c\\n"), "import", "--follow", id.group(1), "users.csv");
        assertThat(cancelled.status()).as(cancelled.output()).isEqualTo(6);
        assertThat(cancelled.output()).contains("Cancelled; what was done stays");
        assertThat(bss.get("/imports/" + id.group(1)).textAt("/data/attributes/status"))
                .isEqualTo("CANCELLED");
    }

    @Test
    void ctrlCAtTheQuestionLeavesTheImportRunning() throws IOException {
        var left = atTerminal(List.of("Importing [", "\\x03", QUESTION, "\\x03"), "import", "users.csv");
        assertThat(left.status()).as(left.output()).isEqualTo(130);
        assertThat(left.output()).contains("./roster import --follow ");
        bss.patch(
                "/imports/" + id(),
                "{'data':{'type':'Import','id':'" + id() + "','attributes':{'status':'CANCELLED'}}}");
    }

    private String id() {
        return bss.get("/imports").textAt("/data/0/id");
    }

    @Test
    void withoutATerminalAnInterruptLeavesTheImportRunning() throws Exception {
        var output = folder.resolve("output").toFile();
        var process = roster("import", "users.csv")
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            await().until(() -> bss.get("/imports").at("/data").size() == 1);
            Program.run(folder, Map.of(), List.of("kill", "-INT", Long.toString(process.pid())));
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
        assertThat(output)
                .content()
                .as("while or after the file is sent")
                .containsPattern("\\./roster import (list|--follow " + id() + ")");
        assertThat(roster("import", "cancel", id()).start().waitFor()).isZero();
    }
}
