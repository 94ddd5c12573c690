package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiDescription;
import tv.roster.testing.ApiDescription.Operation;
import tv.roster.testing.NodeTools;

/// The Postman collection, run by newman against a fresh server.
class PostmanTest {
    private static final Path COLLECTION = Path.of("api", "roster.postman_collection.json");

    @Test
    void everyRequestOfTheCollectionPassesItsTests() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var bss = server.newKey(
                    server.addTenant(),
                    "users:read",
                    "users:write",
                    "credentials:verify",
                    "bulk",
                    "events:read",
                    "webhooks",
                    "privacy");
            var run = NodeTools.run(
                    "newman",
                    "run",
                    COLLECTION.toString(),
                    "--environment",
                    "api/roster.postman_environment.json",
                    "--env-var",
                    "baseUrl=" + server.url(),
                    "--env-var",
                    "apiKey=" + bss.key());
            assertThat(run.status()).as(run.output()).isZero();
        }
    }

    @Test
    void everyCallIsInTheFolderApiAndEveryRequestHasTests() {
        var collection = new JsonMapper().readTree(COLLECTION);
        var names = new TreeSet<String>();
        for (var folder : collection.get("item")) {
            collect(folder, folder.get("name").asString().equals("API"), names);
        }
        assertThat(names)
                .containsAll(ApiDescription.kept().operations().stream()
                        .filter(operation -> operation.path().startsWith("/api/user/") && !operation.isComing())
                        .map(Operation::id)
                        .toList());
    }

    private static void collect(JsonNode folder, boolean isApi, Set<String> names) {
        for (var item : folder.get("item")) {
            if (item.has("item")) {
                collect(item, isApi, names);
                continue;
            }
            assertThat(item.get("event").toString())
                    .as(item.get("name").asString())
                    .contains("pm.test(");
            if (isApi) {
                names.add(item.get("name").asString());
            }
        }
    }
}
