package tv.roster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A server in a process of its own, with its embedded PostgreSQL: it may be killed, or have a heap of its own.
public final class ServerAlone implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Roster is ready on (http://\\S+)");
    private static final int STOP_SECONDS = 20;

    private final Path data;
    private final Process process;
    private final String url;

    private ServerAlone(Path data, Process process, String url) {
        this.data = data;
        this.process = process;
        this.url = url;
    }

    /// Starts it on free ports with these options for Java; returns when it is ready.
    public static ServerAlone start(Path data, String... options) {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classes, "tv.roster.Main", "serve"));
        var log = data.resolveSibling("log");
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().put("ROSTER_PORT", "0");
        builder.environment().put("ROSTER_HEALTH_PORT", "0");
        builder.environment().put("ROSTER_DATA", data.toString());
        try {
            var process = builder.start();
            return new ServerAlone(data, process, readyUrl(process.inputReader(), log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readyUrl(BufferedReader output, Path log) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var ready = READY.matcher(line);
            if (ready.find()) {
                return ready.group(1);
            }
        }
        throw new AssertionError("not started: " + Files.readString(log));
    }

    public Process process() {
        return process;
    }

    /// A client of the demo tenant.
    public ApiClient bss() {
        return new ApiClient(url + "/api/user/management/v4", read("demo-key"));
    }

    public ApiClient admin() {
        return new ApiClient(url + "/api/admin/v1", read("admin-key"));
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// PostgreSQL's first process, while there is one.
    public Optional<ProcessHandle> postmaster() {
        var file = Path.of("postgresql", "postmaster.pid");
        return Files.exists(data.resolve(file))
                ? ProcessHandle.of(
                        Long.parseLong(read(file.toString()).lines().findFirst().orElseThrow()))
                : Optional.empty();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                postmaster().ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
