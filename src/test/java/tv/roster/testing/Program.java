package tv.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs programs of the machine: what they print, and how they end.
public final class Program {
    private static final long LIMIT_SECONDS = 600;

    private Program() {}

    /// What a program printed on both of its outputs, and its exit status.
    public record Run(int status, String output) {}

    /// The program of this name on the PATH, or where servers are that users do not start.
    public static Optional<Path> find(String name) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Skips the test where the program is missing, but for CI, where nothing may be missing.
    public static Path demand(String name) {
        var program = find(name);
        if (program.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError(name + " is missing on this machine; .ci/prepare installs it");
        }
        Assumptions.assumeTrue(program.isPresent(), name + " is missing on this machine");
        return program.orElseThrow();
    }

    /// Runs a command in a folder with more variables, and waits for its end.
    public static Run run(Path folder, Map<String, String> variables, List<String> command) {
        try {
            var output = Files.createTempFile(Files.createDirectories(RunFolder.resolve("programs")), "run", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(variables);
            var process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("No end after " + LIMIT_SECONDS + " s: " + command);
            }
            return new Run(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
