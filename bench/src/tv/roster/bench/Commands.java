package tv.roster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Programs that the harness runs. It always ends those that it has started, and no others.
final class Commands {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int GRACE_SECONDS = 30;

    private Commands() {}

    static Process start(ProcessBuilder command) throws IOException {
        var process = command.start();
        RUNNING.add(process);
        return process;
    }

    /// Runs a program, which must end within these seconds, and returns its output.
    static String run(List<String> words, Map<String, String> variables, Path folder, int seconds)
            throws IOException, InterruptedException {
        var output = Files.createTempFile("roster-bench", ".out");
        try {
            var command = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            command.environment().putAll(variables);
            var process = start(command);
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            end(process);
            var text = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(words.getFirst() + (ended ? " failed: " : " did not end: ") + text.strip());
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /// Asks a process to end, waits, and kills it if it does not.
    static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        }
        RUNNING.remove(process);
    }

    /// Ends all programs that are still running, after Ctrl-C.
    static void endAll() {
        RUNNING.forEach(Process::destroy);
        for (var process : RUNNING) {
            try {
                end(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
