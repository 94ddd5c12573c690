package tv.roster.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;

/// `/users/{user_id}/login_lock`: support sees that a subscriber is locked out, and ends it.
class LoginLocksApiTest {
    private static final int MOST_WRONG = 10;
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
    private final String user = bss.createUser(
                    "'external_id':'anna','registration_information':{'registration_state':'REGISTERED'}")
            .id();
    private final String lock = "/users/" + user + "/login_lock";

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
        server = new TestServer(Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private void guess(int times) {
        for (int time = 0; time < times; time++) {
            result();
        }
    }

    private String result() {
        return bss.post("/credential_checks", """
                {'data': {'type': 'CredentialCheck', 'attributes': {'external_id': 'anna', 'password': 'wrong guess'}}}""").textAt("/data/attributes/result");
    }

    private JsonNode lock() {
        var found = bss.get(lock);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.at("/data/attributes");
    }

    private JsonNode unlockings() {
        return server.admin()
                .get("/events?filter%5Bkind%5D=user.login_unlocked&filter%5Btenant%5D=" + tenant)
                .at("/data");
    }

    @Test
    void whoGaveNoWrongPasswordIsNotLockedOut() {
        var found = bss.get(lock);
        assertThat(found.textAt("/data/type")).isEqualTo("LoginLock");
        assertThat(found.id()).isEqualTo(user);
        assertThat(found.textAt("/links/self")).endsWith(lock);
        assertThat(lock().at("/locked").asBoolean()).isFalse();
        assertThat(lock().at("/wrong_passwords").asLong()).isZero();
        assertThat(lock().at("/locked_until").isNull()).isTrue();
    }

    @Test
    void aLockoutLastsUntilTheFirstOfTheWrongPasswordsIsFifteenMinutesOld() {
        long first = clock.instant().getEpochSecond();
        guess(1);
        clock.advance(Duration.ofMinutes(5));
        guess(MOST_WRONG - 2);
        assertThat(lock().at("/locked").asBoolean()).isFalse();
        assertThat(lock().at("/wrong_passwords").asLong()).isEqualTo(MOST_WRONG - 1);
        guess(1);
        assertThat(lock().at("/locked").asBoolean()).isTrue();
        assertThat(lock().at("/wrong_passwords").asLong()).isEqualTo(MOST_WRONG);
        assertThat(lock().at("/locked_until").asLong()).isEqualTo(first + 900);
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(result()).isEqualTo("too_many_attempts");
        clock.advance(Duration.ofSeconds(1));
        assertThat(lock().at("/locked").asBoolean()).isFalse();
        assertThat(lock().at("/wrong_passwords").asLong()).isEqualTo(MOST_WRONG - 1);
        assertThat(result()).isEqualTo("wrong_credentials");
    }

    @Test
    void theEndOfALockoutIsInTheAudit() {
        guess(MOST_WRONG);
        assertThat(bss.delete(lock, "X-Request-Id", "unlock").status()).isEqualTo(204);
        assertThat(lock().at("/locked").asBoolean()).isFalse();
        assertThat(lock().at("/wrong_passwords").asLong()).isZero();
        assertThat(result()).isEqualTo("wrong_credentials");
        assertThat(unlockings()).hasSize(1);
        var event = unlockings().get(0);
        assertThat(event.at("/relationships/user/data/id").asString()).isEqualTo(user);
        assertThat(event.at("/relationships/author/data/id").asString())
                .isEqualTo(bss.get("/access").id());
        assertThat(event.at("/attributes/request_id").asString()).isEqualTo("unlock");
    }

    @Test
    void whereThereIsNothingToEndNothingIsInTheAudit() {
        assertThat(bss.delete(lock).status()).isEqualTo(204);
        guess(1);
        clock.advance(Duration.ofMinutes(15));
        assertThat(bss.delete(lock).status()).isEqualTo(204);
        assertThat(unlockings()).isEmpty();
    }

    @Test
    void aRepeatedCallWithItsKeyEndsNoLaterLockout() {
        guess(MOST_WRONG);
        assertThat(bss.delete(lock, "Idempotency-Key", "once").status()).isEqualTo(204);
        guess(MOST_WRONG);
        var repeated = bss.delete(lock, "Idempotency-Key", "once");
        assertThat(repeated.status()).isEqualTo(204);
        assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(lock().at("/locked").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void whoIsUnknownDeletedOrOfAnotherTenantIsNotFound(String method) {
        var deleted = bss.createUser("").id();
        bss.delete("/users/" + deleted);
        var other =
                server.newKey(server.addTenant(), "users:write").createUser("").id();
        for (var id : List.of(deleted, other, UUID.randomUUID().toString(), "anna")) {
            var refused = bss.send(method, "/users/" + id + "/login_lock", null);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("not_found");
        }
    }

    @Test
    void readingAndEndingNeedTheirScopes() {
        assertThat(server.newKey(tenant, "users:write").get(lock).code()).isEqualTo("insufficient_scope");
        assertThat(server.newKey(tenant, "users:read").delete(lock).code()).isEqualTo("insufficient_scope");
        assertThat(bss.get(lock + "?page[size]=1").code()).isEqualTo("bad_query");
    }
}
