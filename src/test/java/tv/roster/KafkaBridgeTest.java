package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.testing.ApiClient;
import tv.roster.testing.KafkaBroker;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;
import tv.roster.testing.RunningProgram;

/// `docs/clients/kafka` with a real Kafka: every event is in the topic, those of each user in the order of its
/// versions,
/// also when the bridge is killed in between.
class KafkaBridgeTest {
    private static final Path BRIDGE = Path.of("docs", "clients", "kafka");
    private static final String TOPIC = "roster.events";
    private static final int USERS = 20;

    private final TestServer server = TestServer.shared();
    private final ApiClient bss = server.newKey(server.addTenant(), "users:read", "users:write", "events:read");

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    @Test
    void everyEventIsInTheTopicAndThoseOfAUserInTheirOrder() throws IOException {
        var library = library();
        try (var kafka =
                new KafkaBroker(Files.createDirectories(folder.resolve("broker").toAbsolutePath()))) {
            change(0);
            try (var bridge = bridge(library, kafka)) {
                assertThat(kafka.records(TOPIC, 3 * USERS)).hasSizeGreaterThanOrEqualTo(3 * USERS);
                assertThat(bridge.isRunning()).as(bridge.output()).isTrue();
            }
            change(USERS);
            try (var bridge = bridge(library, kafka)) {
                var records = kafka.records(TOPIC, 6 * USERS);
                assertThat(bridge.isRunning()).as(bridge.output()).isTrue();
                check(records);
            }
        }
    }

    /// As the guide has it.
    private Path library() throws IOException {
        var project = Files.createDirectories(folder.resolve("bridge"));
        for (var file : List.of("pom.xml", "FeedToKafka.java")) {
            Files.copy(BRIDGE.resolve(file), project.resolve(file));
        }
        var maven = Program.demand("mvn").toString();
        var run = Program.run(
                project,
                Map.of(),
                List.of(maven, "-B", "-q", "-ntp", "dependency:copy-dependencies", "-DoutputDirectory=lib"));
        assertThat(run.status()).as(run.output()).isZero();
        return project;
    }

    private RunningProgram bridge(Path project, KafkaBroker kafka) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var variables = Map.of("ROSTER_URL", server.url(), "KEY", bss.key(), "KAFKA", kafka.address(), "TOPIC", TOPIC);
        return RunningProgram.start(project, variables, List.of(java, "-Xmx128m", "-cp", "lib/*", "FeedToKafka.java"));
    }

    private void change(int first) {
        for (int number = first; number < first + USERS; number++) {
            var id = bss.createUser("'external_id':'c-" + number + "'").id();
            bss.patchUser(id, "'name':'Anna'");
            bss.delete("/users/" + id);
        }
    }

    private static void check(List<String[]> records) {
        var json = new JsonMapper();
        var partitions = new HashMap<String, String>();
        var kinds = new HashMap<String, String>();
        var ids = new HashSet<String>();
        for (var record : records) {
            var event = json.readTree(record[2]);
            var user = event.at("/attributes/user_id").asString();
            assertThat(record[1]).isEqualTo(user);
            assertThat(partitions.computeIfAbsent(user, first -> record[0])).isEqualTo(record[0]);
            if (ids.add(event.at("/id").asString())) {
                kinds.merge(user, event.at("/attributes/kind").asString(), (before, kind) -> before + " " + kind);
            }
        }
        assertThat(kinds).hasSize(2 * USERS);
        assertThat(kinds.values()).containsOnly("user.created user.updated user.deleted");
    }
}
