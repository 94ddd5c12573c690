package tv.roster.users.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;

/// The rows of an import do what the same calls do, one after the other: with random changes of a few users, so that
/// rows meet what rows before have left. What rows are predicted to do, and what the statements do, is the same.
class SameRulesTest {
    private static final int USERS = 6;
    private static final int ROWS = 120;

    private final ApiClient one = newTenant();
    private final ApiClient other = newTenant();

    private static ApiClient newTenant() {
        return TestServer.shared().newKey(TestServer.shared().addTenant("GOLD"), "users:read", "users:write", "bulk");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsDoWhatCallsDo(long seed) {
        var random = new Random(seed);
        var rows = new ArrayList<String>();
        var codes = new ArrayList<String>();
        int changed = 0;
        for (int at = 0; at < ROWS; at++) {
            var externalId = "c" + random.nextInt(USERS);
            var row = row(random, externalId);
            rows.add(row.toString());
            var called = put(externalId, row);
            codes.add(called.status() < 300 ? "" : called.code());
            changed += called.status() < 300 ? 1 : 0;
        }
        var imports = new ImportClient(other);
        var sent = imports.send("", ImportClient.NDJSON, String.join("\n", rows));
        var rehearsed = imports.send("?dry_run=true", ImportClient.NDJSON, String.join("\n", rows));
        var counts = imports.counts(sent);
        assertThat(counts.get(0) + counts.get(1) + counts.get(2)).isEqualTo(changed);
        var rejected = imports.rejected(sent);
        var rejectedCodes = new ArrayList<>(Collections.nCopies(ROWS, ""));
        rejected.forEach(row -> rejectedCodes.set(
                row.path("line").asInt() - 1, row.at("/errors/0/code").asString()));
        assertThat(rejectedCodes).isEqualTo(codes);
        for (int user = 0; user < USERS; user++) {
            assertThat(shown(other, user)).as("c" + user).isEqualTo(shown(one, user));
        }
        assertThat(imports.finished(rehearsed).path("rows").path("done").asInt())
                .isEqualTo(ROWS);
    }

    /// What a user is like, apart from ids and times.
    private static List<String> shown(ApiClient bss, int user) {
        var found = bss.get("/users/by_external_id/c" + user);
        if (found.status() == 404) {
            return List.of();
        }
        var attributes = (ObjectNode) found.at("/data/attributes").deepCopy();
        ((ObjectNode) attributes.get("registration_information")).remove("registration_time");
        return List.of(
                attributes.toString(),
                found.at("/data/meta/version").asString(),
                found.at("/data/meta/security").toString());
    }

    private Response put(String externalId, ObjectNode row) {
        var document = JsonNodeFactory.instance.objectNode();
        document.set("data", row);
        return one.put("/users/by_external_id/" + externalId, document.toString());
    }

    private static ObjectNode row(Random random, String externalId) {
        var row = JsonNodeFactory.instance.objectNode().put("type", "User");
        var attributes = row.putObject("attributes").put("external_id", externalId);
        if (random.nextInt(3) == 0) {
            attributes.put("name", random.nextInt(4) == 0 ? null : "Name " + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            var flags = attributes.putArray("user_flags");
            for (var flag : List.of("LOGIN_RESTRICTED", "GOLD", "SILVER")) {
                if (random.nextInt(4) == 0) {
                    flags.add(flag);
                }
            }
        }
        if (random.nextInt(2) == 0) {
            var contact = attributes.putObject("contact_details");
            if (random.nextInt(2) == 0) {
                var address = "person" + random.nextInt(5) + "@example.com";
                contact.put(
                        "email",
                        random.nextInt(5) == 0
                                ? null
                                : random.nextBoolean() ? address : address.toUpperCase(Locale.ROOT));
            }
            if (random.nextInt(3) == 0) {
                contact.put("telephone_number_E123", random.nextBoolean() ? "+358 40 123 4567" : "+358401234567");
            }
        }
        if (random.nextInt(4) == 0) {
            attributes
                    .putObject("registration_information")
                    .put("registration_state", random.nextBoolean() ? "REGISTERED" : "UNREGISTERED");
        }
        if (random.nextInt(10) == 0) {
            row.putObject("meta").put("version", 1 + random.nextInt(4));
        }
        return row;
    }
}
