package tv.roster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.FixedClock;

/// What the gate refuses is in the audit: counted, and never with a secret.
class RefusedCallsTest {
    private final FixedClock clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final TestServer server = new TestServer(Map.of(), clock);
    private final UUID tenant = server.addTenant();

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> events(String kind) {
        var events = new ArrayList<JsonNode>();
        server.admin()
                .get("/events?sort=time&filter%5Bkind%5D=" + kind)
                .at("/data")
                .forEach(events::add);
        return events;
    }

    private static long calls(List<JsonNode> events) {
        return events.stream()
                .mapToLong(event -> event.at("/attributes/after/count").asLong())
                .sum();
    }

    @Test
    void failedKeysAreCountedByAddressAndPrefix() {
        var wrong = ApiKeySecret.random("Knocking");
        for (int time = 0; time < 5; time++) {
            assertThat(server.client(wrong.value()).get("/users").status()).isEqualTo(401);
        }
        await().until(() -> !events("access.unauthorized").isEmpty());
        assertThat(server.client(wrong.value()).get("/users").status()).isEqualTo(401);
        clock.advance(Duration.ofMinutes(1));
        await().until(() -> calls(events("access.unauthorized")) == 6);
        var events = events("access.unauthorized");
        assertThat(events).hasSize(2);
        for (var event : events) {
            assertThat(event.at("/type").asString()).isEqualTo("AuditEvent");
            assertThat(event.at("/attributes/address").asString()).isEqualTo("127.0.0.1");
            assertThat(event.at("/attributes/after/prefix").asString()).isEqualTo("Knocking");
            assertThat(event.at("/attributes/after/first_time").asLong())
                    .isEqualTo(Instant.parse("2026-05-01T10:00:00Z").getEpochSecond());
            assertThat(event.toString()).doesNotContain(wrong.value().substring(13));
        }
    }

    @Test
    void aWrongSecretOfAKeyNamesTheKey() {
        var key = server.newKey(tenant, "users:read").key();
        var prefix = key.substring(4, 12);
        server.client(ApiKeySecret.random(prefix).value()).get("/users");
        await().until(() -> !events("access.unauthorized").isEmpty());
        var event = events("access.unauthorized").getFirst();
        assertThat(event.at("/relationships/tenant/data/id").asString()).isEqualTo(tenant.toString());
        assertThat(event.at("/relationships/api_key/data/id").asString())
                .isEqualTo(server.value("select id from api_key where prefix = ?", prefix));
        assertThat(event.at("/relationships/author/data").isNull()).isTrue();
    }

    @Test
    void missingScopesAndAddressesThatAreNotAllowedAreThere() {
        var reader = server.newKey(tenant, "users:read");
        assertThat(reader.post("/users", "{}").status()).isEqualTo(403);
        assertThat(reader.delete("/users/" + UUID.randomUUID()).status()).isEqualTo(403);
        await().until(() -> calls(events("access.insufficient_scope")) == 2);
        var scope = events("access.insufficient_scope").getFirst();
        assertThat(scope.at("/attributes/after/scope").asString()).isEqualTo("users:write");
        assertThat(scope.at("/relationships/tenant/data/id").asString()).isEqualTo(tenant.toString());

        server.execute("update tenant set ip_allow_list = array['192.0.2.0/24'] where id = ?", tenant);
        var other = server.newKey(tenant, "users:read");
        assertThat(other.get("/users").code()).isEqualTo("ip_not_allowed");
        await().until(() -> calls(events("access.ip_not_allowed")) == 1);
        var address = events("access.ip_not_allowed").getFirst();
        assertThat(address.at("/attributes/address").asString()).isEqualTo("127.0.0.1");
        assertThat(address.at("/attributes/after/prefix").asString())
                .isEqualTo(other.key().substring(4, 12));
    }

    @Test
    void anAttackWithManyKeysIsCountedInFewLines() {
        int calls = 10 * RefusedCalls.MOST;
        for (int number = 0; number < calls; number++) {
            server.client(ApiKeySecret.random().value()).get("/users");
        }
        await().until(() -> calls(events("access.unauthorized")) > RefusedCalls.MOST);
        clock.advance(Duration.ofMinutes(1));
        await().until(() -> calls(events("access.unauthorized")) == calls);
        assertThat(events("access.unauthorized")).hasSizeLessThanOrEqualTo(RefusedCalls.MOST + 2);
    }

    @Test
    void aCallWithoutAnyKeyIsNotInTheAudit() {
        assertThat(server.client(null).get("/users").status()).isEqualTo(401);
        server.client("no key at all").get("/users");
        await().until(() -> !events("access.unauthorized").isEmpty());
        assertThat(calls(events("access.unauthorized"))).isEqualTo(1);
        assertThat(events("access.unauthorized").toString()).doesNotContain("no key");
    }
}
