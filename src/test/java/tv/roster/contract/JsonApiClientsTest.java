package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// JSON:API software of others, from npm, reads what every endpoint answers: a validator and a client library.
class JsonApiClientsTest {
    private static final Path SOURCE = Path.of("src", "test", "npm");
    private static final Path FOLDER = Path.of("target", "npm");
    private static final int PATIENCE_SECONDS = 300;

    @Test
    void theirSoftwareReadsOurAnswersWithoutComplaint() throws Exception {
        install();
        var bss = TestServer.shared().newTenant("GOLD");
        var paths = new ArrayList<>(DocumentsTest.getAddresses(bss));
        bss.createUser("'name':'Bertil','user_flags':['GOLD']");
        paths.addAll(errors(bss));
        var command = new ArrayList<>(List.of("node", "read.mjs", bss.base(), bss.key()));
        command.addAll(paths);
        assertThat(run(command).lines().filter(line -> line.startsWith("read ")))
                .hasSize(paths.size());
    }

    /// Errors of every kind of source that a GET can meet.
    private static List<String> errors(ApiClient bss) {
        assertThat(bss.get("/nothing").status()).isEqualTo(404);
        return List.of(
                "/nothing", "/users/nobody", "/users?sort=age", "/users?page%5Bsize%5D=1001", "/users?nonsense=1");
    }

    /// Once for each state of the lock file; another run of the tests may be at it as well.
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (var channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            var installed = FOLDER.resolve("installed-lock.json");
            var wanted = SOURCE.resolve("package-lock.json");
            for (var file : List.of("package.json", "package-lock.json", "read.mjs")) {
                Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(installed) || Files.mismatch(installed, wanted) >= 0) {
                run(List.of("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"));
                Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile(FOLDER, command.getFirst(), ".log");
        var process = start(new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()));
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "This test needs node (20 or newer) and npm on the PATH: " + missing.getMessage(), missing);
        }
    }
}
