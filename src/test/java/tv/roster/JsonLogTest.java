package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// With `ROSTER_LOG_FORMAT=json`, everything that a server prints is JSON, from the first to the last line.
class JsonLogTest {
    private static final Pattern READY = Pattern.compile("Roster is ready on (\\S+) \\(health on port (\\d+)\\)\\.");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private static Map<String, String> settings(String... more) {
        var settings = new HashMap<>(Map.of("ROSTER_LOG_FORMAT", "json", "ROSTER_DATABASE_URL", TestPostgres.newUrl()));
        for (int at = 0; at < more.length; at += 2) {
            settings.put(more[at], more[at + 1]);
        }
        return settings;
    }

    private List<JsonNode> log() throws IOException {
        return Files.readAllLines(ServerAlone.log(data())).stream()
                .map(line -> JSON.readTree(line))
                .toList();
    }

    private void assertEntries(List<JsonNode> entries) {
        assertThat(entries).isNotEmpty().allSatisfy(entry -> {
            assertThat(Instant.parse(entry.path("time").asString())).isAfter(Instant.EPOCH);
            assertThat(entry.path("level").asString()).isIn("INFO", "WARN", "ERROR");
            assertThat(entry.path("logger").asString()).isNotEmpty();
            assertThat(entry.path("message").asString()).isNotEmpty();
        });
    }

    private static List<String> messages(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("message").asString()).toList();
    }

    /// Runs a server until it has served this, and stops it; returns what it printed.
    private List<JsonNode> run(Map<String, String> settings, BiConsumer<String, String> work)
            throws IOException, InterruptedException {
        var process = ServerAlone.launch(data(), settings, "-Xmx128m");
        try {
            var ready = await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(
                            () -> READY.matcher(Files.readString(ServerAlone.log(data())))
                                    .results()
                                    .toList(),
                            found -> !found.isEmpty())
                    .getFirst();
            work.accept(
                    ready.group(1), Files.readString(data().resolve("demo-key")).strip());
            process.toHandle().destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEmpty();
            return log();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void everyLineFromStartToStopIsJsonAndContainsNoKey() throws IOException, InterruptedException {
        var entries = run(
                settings(),
                (url, key) -> assertThat(new ApiClient(url + "/api/user/management/v4", key)
                                .get("/users")
                                .status())
                        .isEqualTo(200));

        assertEntries(entries);
        assertThat(messages(entries)).contains("Stopped.");
        assertThat(Files.readString(ServerAlone.log(data())))
                .doesNotContain(Files.readString(data().resolve("demo-key")).strip())
                .doesNotContain("rst_");
    }

    @Test
    void aRefusedStartIsAnEntryForEachReason() throws IOException {
        var run =
                ServerAlone.refused(data(), settings("ROSTER_PORT", "many", "ROSTER_DRAIN_SECONDS", "-1"), "-Xmx128m");

        assertThat(run.status()).isEqualTo(2);
        assertEntries(log());
        assertThat(messages(log()))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message).startsWith("ROSTER_PORT: must be"))
                .anySatisfy(message -> assertThat(message).startsWith("ROSTER_DRAIN_SECONDS: must be"));
    }

    @Test
    void aStartThatFailsIsAnEntry() throws IOException {
        var run = ServerAlone.refused(
                data(), settings("ROSTER_DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c", "ROSTER_DATABASE_WAIT", "0"));

        assertThat(run.status()).isEqualTo(1);
        assertEntries(log());
        assertThat(log().getLast().path("level").asString()).isEqualTo("ERROR");
    }

    @Test
    void theAccessLogHasAnEntryForEachRequestWithoutPersonalData() throws IOException, InterruptedException {
        var entries = run(settings("ROSTER_ACCESS_LOG", "on"), (url, key) -> {
            var bss = new ApiClient(url + "/api/user/management/v4", key);
            var id = bss.createUser("'name':'Anna','external_id':'secret-1'").id();
            bss.get("/users/" + id);
            bss.get("/users/by_external_id/secret-1");
            bss.get("/users?filter[name]=Secretive");
            bss.get("/unknown/secret-2");
            new ApiClient(url + "/api/user/management/v4", "rst_no").get("/users");
            assertThat(id).isNotEmpty();
        });

        assertEntries(entries);
        var access = entries.stream()
                .filter(entry -> entry.path("logger").asString().equals("access"))
                .toList();
        assertThat(messages(access))
                .containsExactly(
                        "POST /api/user/management/v4/users 201",
                        "GET /api/user/management/v4/users/{user_id} 200",
                        "GET /api/user/management/v4/users/by_external_id/{external_id} 200",
                        "GET /api/user/management/v4/users 200",
                        "GET none 404",
                        "GET none 401");
        var first = access.getFirst();
        assertThat(first.path("tenant").asString()).isEqualTo("demo");
        assertThat(first.path("key").asString()).hasSize(8);
        assertThat(first.path("status").asInt()).isEqualTo(201);
        assertThat(first.path("duration_us").asLong()).isPositive();
        assertThat(first.path("received_bytes").asLong()).isPositive();
        assertThat(first.path("sent_bytes").asLong()).isPositive();
        assertThat(first.path("request_id").asString()).isNotEmpty();
        assertThat(access.getLast().has("tenant")).isFalse();
        assertThat(Files.readString(ServerAlone.log(data())))
                .doesNotContainIgnoringCase("secret-1", "secret-2", "secretive", "anna", "127.0.0.1:1", "\"address\"");
    }

    @Test
    void theAccessLogHasAddressesOnlyIfTheyAreWanted() throws IOException, InterruptedException {
        var entries = run(settings("ROSTER_ACCESS_LOG", "addresses"), (url, key) -> new ApiClient(url, null).get("/"));

        assertThat(entries)
                .anySatisfy(
                        entry -> assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1"));
    }
}
