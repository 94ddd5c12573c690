package tv.roster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A server in a process of its own, with its embedded PostgreSQL: it may be killed, or have a heap of its own.
public final class ServerAlone implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Roster is ready on (https?://\\S+) \\(health on port (\\d+)");
    /// What the launcher gives Java besides memory.
    private static final List<String> AS_THE_LAUNCHER = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-XX:+ExitOnOutOfMemoryError");

    private static final int STOP_SECONDS = 20;
    private static final int REFUSAL_SECONDS = 60;

    private final Path data;
    private final Process process;
    private final String url;
    private final int healthPort;

    private ServerAlone(Path data, Process process, MatchResult ready) {
        this.data = data;
        this.process = process;
        this.url = ready.group(1);
        this.healthPort = Integer.parseInt(ready.group(2));
    }

    /// Starts it on free ports with these options for Java; returns when it is ready.
    public static ServerAlone start(Path data, String... options) {
        return start(data, Map.of(), options);
    }

    /// Starts it with settings of its own as well.
    public static ServerAlone start(Path data, Map<String, String> settings, String... options) {
        return start(data, settings, Build.current(), options);
    }

    /// Starts another build.
    public static ServerAlone start(Path data, Map<String, String> settings, Build build, String... options) {
        var process = launch(data, settings, build, options);
        try {
            return new ServerAlone(data, process, ready(process.inputReader(), log(data)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a server that will not become ready; returns how it ended, and what it said on standard error.
    public static Program.Run refused(Path data, Map<String, String> settings, String... options) {
        return refused(data, settings, Build.current(), options);
    }

    /// The same of another build.
    public static Program.Run refused(Path data, Map<String, String> settings, Build build, String... options) {
        var process = launch(data, settings, build, options);
        try {
            if (!process.waitFor(REFUSAL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still there: " + Files.readString(log(data)));
            }
            return new Program.Run(process.exitValue(), Files.readString(log(data)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Starts it and does not wait; what it says on standard error goes to [#log].
    public static Process launch(Path data, Map<String, String> settings, String... options) {
        return launch(data, settings, Build.current(), options);
    }

    private static Process launch(Path data, Map<String, String> settings, Build build, String... options) {
        var all = new ArrayList<>(AS_THE_LAUNCHER);
        all.addAll(List.of(options));
        var builder = JavaProcess.of(log(data).getParent(), build, all, "tv.roster.Main", "serve")
                .redirectError(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().put("ROSTER_PORT", "0");
        builder.environment().put("ROSTER_HEALTH_PORT", "0");
        builder.environment().put("ROSTER_DRAIN_SECONDS", "0");
        builder.environment().put("ROSTER_DATA", data.toString());
        builder.environment().put("ROSTER_DEMO", "on");
        builder.environment().putAll(settings);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Beside the data folder: what all servers on it said on standard error.
    public static Path log(Path data) {
        return data.resolveSibling("log");
    }

    private static MatchResult ready(BufferedReader output, Path log) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var ready = READY.matcher(line);
            if (ready.find()) {
                return ready;
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

    /// What `live` or `ready` says at the port of health.
    public Response health(String what) {
        return new ApiClient("http://127.0.0.1:" + healthPort, null).get("/health/" + what);
    }

    /// Where its API listens, such as `http://127.0.0.1:8080`.
    public String url() {
        return url;
    }

    public int port() {
        return URI.create(url).getPort();
    }

    /// Whether calls of the BSS have come to it since its start.
    public boolean hasServedTheBss() {
        return new ApiClient("http://127.0.0.1:" + healthPort, null)
                .get("/metrics")
                .text()
                .contains("route=\"/api/user/management/v4/");
    }

    public int healthPort() {
        return healthPort;
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
            SuiteLog.search(log(data));
            SuiteLog.search(data.resolve("postgresql.log"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
