package tv.roster.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Together;

/// Ten wrong passwords lock a user out, and the audit says so once.
class LockoutEventsTest {
    private static final int MOST_WRONG = 10;

    private final FixedClock clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final TestServer server =
            new TestServer(Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"), clock);
    private final UUID tenant = server.addTenant();
    private final ApiClient login = server.newKey(tenant, "credentials:verify");
    private String user;

    @BeforeEach
    void addUser() {
        user = server.newKey(tenant, "users:write")
                .createUser("'external_id':'anna'")
                .id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void guess(String name) {
        var checked = login.post("/credential_checks", """
                {"data": {"type": "CredentialCheck", "attributes": {"external_id": "%s", "password": "wrong guess"}}}""".formatted(name), "X-Request-Id", "guess");
        assertThat(checked.status()).isEqualTo(200);
    }

    private void guess(String name, int times) {
        for (int time = 0; time < times; time++) {
            guess(name);
        }
    }

    private JsonNode lockouts() {
        return server.admin()
                .get("/events?filter%5Bkind%5D=user.login_locked&filter%5Btenant%5D=" + tenant)
                .at("/data");
    }

    @Test
    void theTenthWrongPasswordIsInTheAuditAndNoOther() {
        guess("anna", MOST_WRONG - 1);
        assertThat(lockouts()).isEmpty();
        guess("anna", MOST_WRONG);
        assertThat(lockouts()).hasSize(1);
        var event = lockouts().get(0);
        assertThat(event.at("/relationships/user/data/id").asString()).isEqualTo(user);
        assertThat(event.at("/relationships/author/data/id").asString())
                .isEqualTo(login.get("/access").id());
        assertThat(event.at("/attributes/address").asString()).isEqualTo("127.0.0.1");
        assertThat(event.at("/attributes/request_id").asString()).isEqualTo("guess");
    }

    @Test
    void guessesAtOnceLockOnce() {
        Together.run(3 * MOST_WRONG, number -> {
            guess("anna");
            return number;
        });
        assertThat(lockouts()).hasSize(1);
    }

    @Test
    void aWindowHasOneLockoutHoweverTheGuessesAreSpread() {
        for (int minute = 0; minute < MOST_WRONG; minute++) {
            guess("anna");
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(lockouts()).hasSize(1);
        clock.advance(Duration.ofMinutes(6));
        guess("anna", MOST_WRONG);
        assertThat(lockouts()).as("locked again, within 15 minutes").hasSize(1);
        clock.advance(Duration.ofMinutes(15));
        guess("anna", MOST_WRONG);
        assertThat(lockouts()).hasSize(2);
    }

    @Test
    void aNameThatNobodyHasIsNotInTheAudit() {
        guess("nobody", MOST_WRONG + 1);
        assertThat(lockouts()).isEmpty();
    }
}
