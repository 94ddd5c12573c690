package tv.roster.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A program that runs until the test ends it, and what it prints.
public final class RunningProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private RunningProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static RunningProgram start(Path folder, Map<String, String> variables, List<String> command) {
        try {
            var output = Files.createTempFile(Files.createDirectories(RunFolder.resolve("programs")), "run", ".txt");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().putAll(variables);
            return new RunningProgram(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has printed this text.
    public void awaitOutput(String text) {
        await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("It ended with " + process.exitValue() + ": " + output());
            }
            return output().contains(text);
        });
    }

    /// Waits until it ends by itself, which it has to do without a fault.
    public void awaitEnd() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        if (process.exitValue() != 0) {
            throw new AssertionError("It ended with " + process.exitValue() + ": " + output());
        }
    }

    /// Ends it and what it has started, as a crash would.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
