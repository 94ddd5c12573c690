package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.testing.Alike;
import tv.roster.testing.Guide;
import tv.roster.testing.JavaProcess;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;
import tv.roster.testing.TestPostgres;

/// The commands of the guides, run as they are printed against a fresh server; their answers are as printed, too.
class GuidesTest {
    private static final String END_OF_STEP = "=== end of step ===";
    /// Here `./roster` is what the tests run on: the launcher would have to build it first.
    private static final String COMMANDS = """
            ./roster() {
              "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$CLASS_PATH" tv.roster.Main "$@"
            }
            """;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/use-cases.md",
                "docs/bulk.md",
                "docs/events.md",
                "docs/activation.md",
                "docs/migration.md",
                "docs/differences.md",
                "docs/operators.md",
                "docs/upgrading.md",
                "docs/backup.md"
            })
    void commandsDoWhatTheGuideSays(String file) throws IOException {
        var bash = Program.demand("bash");
        Program.demand("curl");
        Program.demand("python3");
        var steps = Guide.of(Path.of(file)).steps();
        assertThat(steps).isNotEmpty();
        var script = steps.stream()
                .map(step -> step.commands() + "\nprintf '\\n%s\\n' '" + END_OF_STEP + "'\n")
                .collect(Collectors.joining("", "set -u\n" + COMMANDS, ""));
        // Commands name it as in a clone or in the packages.
        var ops = Files.createSymbolicLink(folder.resolve("ops"), Path.of("ops").toAbsolutePath());
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var run = Program.run(folder, variables(server), List.of(bash.toString(), "-c", script));
            Files.delete(ops);
            var printed = run.output().split("\n" + END_OF_STEP + "\n", -1);
            assertThat(printed).as(run.output()).hasSize(steps.size() + 1);
            for (int at = 0; at < steps.size(); at++) {
                check(steps.get(at), printed[at].strip());
            }
        }
    }

    private static Map<String, String> variables(TestServer server) {
        var bss = server.newKey(
                server.addTenant(),
                "users:read",
                "users:write",
                "credentials:verify",
                "bulk",
                "events:read",
                "webhooks",
                "privacy");
        return Map.of(
                "ROSTER_URL", server.url(),
                "ROSTER_ADMIN_KEY", server.adminKey(),
                "ROSTER_DATABASE_URL", TestPostgres.url(server.asApplication()),
                "KEY", bss.key(),
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "CLASS_PATH", JavaProcess.classPath());
    }

    private static void check(Guide.Step step, String output) {
        boolean alike = switch (step.kind()) {
            case "json" -> Alike.documents(JSON.readTree(step.expected()), JSON.readTree(output));
            case "text" -> Alike.texts(step.expected().strip(), output);
            default -> true;
        };
        assertThat(alike)
                .as("The guide prints\n%s\nfor\n%s\nbut it is\n%s", step.expected(), step.commands(), output)
                .isTrue();
    }
}
