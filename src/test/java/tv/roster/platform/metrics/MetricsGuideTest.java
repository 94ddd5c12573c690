package tv.roster.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.Scrape;
import tv.roster.testing.TestPostgres;

/// docs/monitoring.md and `/metrics` agree on every metric, its type and its labels.
class MetricsGuideTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`[a-z_, `]+`) \\| ([a-z]+) \\| ?([a-z_, `]*) ?\\| .+ \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
    private static final Pattern SUFFIX = Pattern.compile("_(bucket|count|sum)$");

    private record Described(String type, Set<String> labels) {}

    private static Map<String, Described> guide() throws IOException {
        var described = new TreeMap<String, Described>();
        ROW.matcher(Files.readString(Path.of("docs/monitoring.md")))
                .results()
                .forEach(row -> NAME.matcher(row.group(1))
                        .results()
                        .forEach(name ->
                                described.put(name.group(1), new Described(row.group(2), names(row.group(3))))));
        return described;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Described> served(Scrape scrape) {
        var types = scrape.types();
        var labels = new HashMap<String, Set<String>>();
        scrape.samples().forEach(sample -> {
            var name = types.containsKey(sample.name())
                    ? sample.name()
                    : SUFFIX.matcher(sample.name()).replaceFirst("");
            var all = labels.computeIfAbsent(name, one -> new TreeSet<>());
            sample.labels().keySet().stream()
                    .filter(label -> !label.equals("le") && !label.equals("quantile"))
                    .forEach(all::add);
        });
        return types.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        type -> new Described(type.getValue(), labels.getOrDefault(type.getKey(), Set.of())),
                        (one, other) -> one,
                        TreeMap::new));
    }

    @Test
    void theGuideListsWhatIsServedAndNothingElse() throws IOException {
        try (var server = TestServer.onMachine(InstantSource.system(), TestPostgres.newMigratedDatabase())) {
            server.newTenant().createUser("'name':'Anna'");
            server.newKey(server.addTenant(), "webhooks")
                    .post(
                            "/webhook_endpoints",
                            AdminClient.document("WebhookEndpoint", "'url':'https://crm.example/'"));
            var guide = guide();

            await().untilAsserted(() ->
                    assertThat(served(Scrape.of(server.healthUrl()))).isEqualTo(guide));
        }
    }

    @Test
    void namesFollowTheConventionsOfPrometheus() throws IOException {
        guide().forEach((name, described) -> {
            assertThat(name.endsWith("_total"))
                    .as(name)
                    .isEqualTo(described.type().equals("counter"));
            if (described.type().equals("histogram")) {
                assertThat(name).endsWith("_seconds");
            }
        });
        assertThat(guide().keySet()).hasSizeGreaterThan(50);
    }
}
