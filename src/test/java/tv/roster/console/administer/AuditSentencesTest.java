package tv.roster.console.administer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.testing.Json;

class AuditSentencesTest {
    private static final Pattern KIND =
            Pattern.compile("['\"]((?:user|profile|tenant|api_key|agent|webhook_endpoint|installation)\\.[a-z_]+)'");

    private static JsonNode event(String attributes) {
        return new JsonMapper().readTree(Json.json("{" + attributes + "}"));
    }

    private static String sentence(String kind) {
        return AuditSentences.of(event("'kind':'" + kind + "'"));
    }

    /// The kinds stand in the statements that write them.
    @Test
    void everyKindThatIsWrittenHasASentence() throws IOException {
        var kinds = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith("Table.java")).toList()) {
                KIND.matcher(Files.readString(file)).results().forEach(found -> kinds.add(found.group(1)));
            }
        }
        assertThat(kinds).contains("user.created", "agent.signed_in", "api_key.created");
        assertThat(kinds).allSatisfy(kind -> assertThat(sentence(kind)).isNotEqualTo(kind));
    }

    @Test
    void rejectedCallsAreCounted() {
        assertThat(AuditSentences.of(event("'kind':'access.unauthorized','after':{'count':1200}")))
                .isEqualTo("1,200 calls rejected: key not valid");
        assertThat(sentence("access.ip_not_allowed")).isEqualTo("Call rejected: address not allowed");
    }

    @Test
    void aKindOfANewerServerStandsForItself() {
        assertThat(sentence("user.teleported")).isEqualTo("user.teleported");
    }
}
