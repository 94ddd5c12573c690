package tv.roster.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A server as its operator starts it: `./roster serve` on free ports and a data folder.
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on http://([0-9.:]+) \\(health on port (\\d+)\\)");
    private static final int START_SECONDS = 120;
    private static final long POLL_MILLIS = 2;

    private final Process process;
    private final String address;
    private final String health;
    private final double startMillis;

    private ServerProcess(Process process, String address, String health, double startMillis) {
        this.process = process;
        this.address = address;
        this.health = health;
        this.startMillis = startMillis;
    }

    /// Starts it and waits until it is ready; its output goes to `log`.
    static ServerProcess start(Path home, Path dataFolder, Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        var variables = new HashMap<>(
                Map.of("ROSTER_DATA", dataFolder.toString(), "ROSTER_PORT", "0", "ROSTER_HEALTH_PORT", "0"));
        variables.putAll(settings);
        Files.deleteIfExists(log);
        var command = new ProcessBuilder(home.resolve("roster").toString(), "serve")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(variables);
        long begin = System.nanoTime();
        var process = Commands.start(command);
        try {
            return awaitReady(process, begin, log).checked();
        } catch (IOException | InterruptedException e) {
            Commands.end(process);
            throw e;
        }
    }

    private static ServerProcess awaitReady(Process process, long begin, Path log)
            throws IOException, InterruptedException {
        while (true) {
            var ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                double millis = (System.nanoTime() - begin) / 1e6;
                return new ServerProcess(process, ready.group(1), "127.0.0.1:" + ready.group(2), millis);
            }
            boolean late = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(START_SECONDS);
            if (late || process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "The server did not start: " + Files.readString(log).strip());
            }
        }
    }

    private ServerProcess checked() throws IOException, InterruptedException {
        int status = status("http://" + health + "/health/ready", Map.of());
        if (status != 200) {
            throw new IOException("The server reported that it was ready, but /health/ready returned " + status);
        }
        return this;
    }

    /// The status of a GET.
    static int status(String url, Map<String, String> headers) throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
            headers.forEach(request::header);
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /// Host and port.
    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /// From the launcher's start to the line that says it is ready.
    double startMillis() {
        return startMillis;
    }

    /// Whether Java stores what it learns in this run for the next ones.
    boolean learns() throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(pid()), "cmdline"))
                .contains("-Droster.learns=true");
    }

    /// A line of the process's status, such as `VmRSS`, in MB.
    double megabytes(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            Commands.end(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
