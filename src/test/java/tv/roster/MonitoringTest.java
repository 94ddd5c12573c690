package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Program;
import tv.roster.testing.Prometheus;
import tv.roster.testing.Scrape;
import tv.roster.testing.TestPostgres;

/// What is in `ops/` for Prometheus and Grafana: on a real Prometheus that scrapes a real server, every query is
/// valid, and those of the dashboard return figures.
class MonitoringTest {
    private static final Path RULES = Path.of("ops/prometheus/alerts.yml");
    private static final Path GUIDE = Path.of("docs/monitoring.md");
    private static final Path DASHBOARD = Path.of("ops/grafana/roster.json");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Queries about what does not happen in the test.
    private static final Set<String> WITHOUT_FIGURES = Set.of("changes(process_start_time_seconds");

    @TempDir
    Path folder;

    private record Panel(String title, String query) {
        /// As Grafana sends it.
        String expression() {
            return query.replace("$__rate_interval", "10s")
                    .replace("$job", "roster")
                    .replace("$instance", ".*");
        }
    }

    private static List<Panel> dashboard() throws IOException {
        var json = new JsonMapper().readTree(Files.readString(DASHBOARD));
        return Stream.concat(
                        json.path("panels")
                                .valueStream()
                                .flatMap(panel ->
                                        panel.path("targets").valueStream().map(target -> panel(panel, target))),
                        json.path("annotations")
                                .path("list")
                                .valueStream()
                                .map(list -> new Panel(
                                        list.path("name").asString(),
                                        list.path("expr").asString())))
                .toList();
    }

    private static Panel panel(JsonNode panel, JsonNode target) {
        return new Panel(panel.path("title").asString(), target.path("expr").asString());
    }

    @Test
    void everyQueryIsValidAndTheDashboardHasFigures() throws IOException {
        try (var server = TestServer.onMachine(InstantSource.system(), TestPostgres.newMigratedDatabase());
                var prometheus = new Prometheus(folder, server.healthUrl(), RULES)) {
            var bss = server.newKey(server.addTenant(), "users:read", "users:write", "credentials:verify");
            var panels = dashboard();
            assertThat(panels).hasSizeGreaterThan(50);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                littleTraffic(server, bss);
                assertThat(panels.stream().filter(panel -> !hasFigures(prometheus, panel)))
                        .isEmpty();
            });
            assertThat(prometheus.rules())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(rule -> assertThat(rule.path("health").asString())
                            .as(rule.path("name") + ": " + rule.path("lastError"))
                            .isEqualTo("ok"))
                    .allSatisfy(rule -> assertThat(rule.path("state").asString())
                            .as(rule.path("name").asString())
                            .isNotEqualTo("firing"));
            prometheus
                    .rules()
                    .forEach(rule -> prometheus.query(rule.path("query").asString()));
        }
    }

    private static void littleTraffic(TestServer server, ApiClient bss) {
        var id = bss.createUser("'name':'Anna'").id();
        bss.get("/users/" + id);
        bss.get("/users");
        bss.get("/users/none");
        bss.post(
                "/credential_checks",
                "{'data':{'type':'CredentialCheck','attributes':{'email':'nobody@example.com','password':'a wrong one'}}}");
        server.client("rst_no").get("/users");
    }

    private static boolean hasFigures(Prometheus prometheus, Panel panel) {
        var result = prometheus.query(panel.expression());
        return WITHOUT_FIGURES.stream().anyMatch(panel.query()::startsWith)
                || result.stream()
                        .anyMatch(sample -> Double.isFinite(Double.parseDouble(
                                sample.path("value").path(1).asString().replace("Inf", "Infinity"))));
    }

    @Test
    void queriesNameOnlyMetricsOfTheGuide() throws IOException {
        var guide = Files.readString(GUIDE);
        var queries = Stream.concat(dashboard().stream().map(Panel::query), Stream.of(Files.readString(RULES)));

        assertThat(queries.flatMap(query -> Pattern.compile("\\b(roster|jvm|process)_[a-z_]+\\b")
                                .matcher(query)
                                .results())
                        .map(name -> name.group())
                        .filter(name -> !guide.contains("`" + name + "`")
                                && !guide.contains("`" + name.replaceFirst("_(bucket|count|sum)$", "") + "`")))
                .isEmpty();
    }

    @Test
    void everyAlertHasItsSectionInTheGuide() throws IOException {
        var guide = Files.readString(GUIDE);
        var alerts = Files.readAllLines(RULES).stream()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();

        assertThat(alerts).hasSizeGreaterThan(20).allSatisfy(alert -> {
            assertThat(guide.contains("\n### " + alert + "\n")).as(alert).isTrue();
            assertThat(Files.readString(RULES)).contains("docs/monitoring.md#" + alert.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void promtoolFindsNothingWrong() throws IOException {
        var promtool = Program.demand("promtool").toString();
        var ops = RULES.getParent();
        var metrics = Files.writeString(
                folder.resolve("metrics"),
                Scrape.of(TestServer.shared().healthUrl()).text());
        for (var command : List.of(
                List.of(promtool, "check", "config", "prometheus.yml"),
                List.of(promtool, "check", "rules", "alerts.yml"),
                List.of(promtool, "test", "rules", "alerts_test.yml"),
                List.of("/bin/sh", "-c", promtool + " check metrics < " + metrics.toAbsolutePath()))) {
            var run = Program.run(ops, Map.of(), command);
            assertThat(run.status()).as(run.output()).isZero();
        }
    }
}
