package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real Prometheus that scrapes one server twice a second.
public final class Prometheus implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on\" address=127\\.0\\.0\\.1:(\\d+)");
    private static final int STOP_SECONDS = 10;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    /// Starts it in a folder of its own, with these rules.
    public Prometheus(Path folder, String healthUrl, Path rules) {
        var config = """
                global:
                  scrape_interval: 500ms
                  scrape_timeout: 500ms
                  evaluation_interval: 1s
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: roster
                    static_configs:
                      - targets: ["%s"]
                """.formatted(rules.toAbsolutePath(), URI.create(healthUrl).getAuthority());
        var log = folder.resolve("prometheus.log");
        try {
            var file = Files.writeString(folder.resolve("prometheus.yml"), config);
            process = new ProcessBuilder(
                            Program.demand("prometheus").toString(),
                            "--config.file=" + file,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:0")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        url = "http://127.0.0.1:" + Awaitility.await().until(() -> port(log), port -> !port.isEmpty());
    }

    private static String port(Path log) throws IOException {
        var listening = LISTENING.matcher(Files.readString(log));
        return listening.find() ? listening.group(1) : "";
    }

    /// The samples that a query returns now; fails if it is not valid.
    public List<JsonNode> query(String expression) {
        var answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer.path("status").asString())
                .as(expression + " " + answer)
                .isEqualTo("success");
        return answer.path("data").path("result").valueStream().toList();
    }

    /// The rules, and whether they could be evaluated.
    public List<JsonNode> rules() {
        return get("/api/v1/rules")
                .path("data")
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private JsonNode get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path)).build();
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
