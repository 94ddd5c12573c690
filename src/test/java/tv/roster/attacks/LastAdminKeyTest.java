package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.AdminClient.secret;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Whatever is changed, and however many do so at once, an admin key stays that opens the admin API.
class LastAdminKeyTest {
    private static final int DAY = 86_400;

    private final FixedClock clock = new FixedClock(Instant.now());
    private final TestServer server = new TestServer(Map.of("ROSTER_TRUSTED_PROXIES", "127.0.0.1"), clock);
    private final Key first = new Key(
            new AdminClient(server.admin()), server.admin().get("/access").id());

    @AfterEach
    void stop() {
        server.close();
    }

    /// An admin key: what it may call, and its id.
    private record Key(AdminClient admin, String id) {
        Response revoke(Key other, String... headers) {
            return admin.api().delete("/api_keys/" + other.id(), headers);
        }

        Response change(Key other, String attributes, String... headers) {
            return admin.patchKey(other.id(), attributes, headers);
        }

        boolean opens() {
            return admin.api().get("/tenants").status() == 200;
        }
    }

    /// A new admin key with more attributes, given as JSON members with a comma before them.
    private Key newKey(String moreAttributes) {
        var made = first.admin().api().post("/api_keys", document("ApiKey", "'name':'Another'" + moreAttributes));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return new Key(new AdminClient(server.admin(secret(made))), made.id());
    }

    private static String expires(long time) {
        return "'expires_time':" + time;
    }

    private long in(int seconds) {
        return clock.instant().getEpochSecond() + seconds;
    }

    @Test
    void twoThatRevokeEachOtherAtTheSameMomentLeaveOne() throws SQLException {
        var second = newKey("");
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.prepareStatement("select from api_key where id = ? for update")) {
            connection.setAutoCommit(false);
            statement.setObject(1, UUID.fromString(first.id()));
            statement.execute();
            var one = Together.start(() -> first.revoke(second));
            var other = Together.start(() -> second.revoke(first));
            // Both wait for the lock, or the other behind the one on the same connection.
            await().until(() -> "1".equals(server.value("""
                    select least(count(*), 1) from pg_stat_activity
                     where datname = current_database() and wait_event_type = 'Lock' and query like '%api_key%'""")));
            connection.rollback();
            var statuses = Stream.of(one, other)
                    .map(revoked -> revoked.join().status())
                    .toList();
            assertThat(statuses).containsOnlyOnce(204).isSubsetOf(204, 409, 401);
        }
        assertThat(Stream.of(first, second).filter(Key::opens)).hasSize(1);
    }

    @Test
    void aRingOfKeysThatTakeOneAnotherAwayLeavesOne() {
        var keys = new ArrayList<>(List.of(first));
        for (int more = 1; more < 8; more++) {
            keys.add(newKey(""));
        }
        var answers = Together.run(keys.size(), number -> {
            var next = keys.get((number + 1) % keys.size());
            return switch (number % 3) {
                case 0 -> keys.get(number).revoke(next);
                case 1 -> keys.get(number).change(next, expires(1));
                default -> keys.get(number).change(next, "'ip_allow_list':['192.0.2.1']");
            };
        });
        assertThat(answers).extracting(Response::status).isSubsetOf(200, 204, 401, 403, 409);
        assertThat(keys.stream().filter(Key::opens)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 3600, DAY - 60})
    void theLastOneIsNotMadeToEndWithinADay(int seconds) {
        var refused = first.change(first, expires(in(seconds)));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("last_admin_key");
        assertThat(first.opens()).isTrue();
    }

    @Test
    void theLastOneMayBeChangedInAllElse() {
        assertThat(first.change(first, "'name':'Ours'," + expires(in(2 * DAY))).status())
                .isEqualTo(200);
        clock.advance(Duration.ofHours(47));
        assertThat(first.change(first, expires(in(1800))).code()).isEqualTo("last_admin_key");
        assertThat(first.change(first, "'name':'Ours again'").status()).isEqualTo(200);
        assertThat(first.change(first, expires(in(7200))).status()).isEqualTo(200);
        var rotated = first.admin().rotate(first.id(), 0);
        assertThat(server.admin(secret(rotated)).get("/tenants").status()).isEqualTo(200);
    }

    @Test
    void aKeyThatEndsSoonDoesNotCount() {
        var second = newKey("," + expires(in(3600)));
        assertThat(second.revoke(first).code()).isEqualTo("last_admin_key");
        assertThat(first.revoke(second).status()).isEqualTo(204);
    }

    @Test
    void aKeyThatLetsNobodyInFromHereDoesNotCount() {
        var second = newKey(",'ip_allow_list':['192.0.2.0/24','2001:db8::/32']");
        assertThat(first.revoke(first).code()).isEqualTo("last_admin_key");
        assertThat(second.revoke(first, "X-Forwarded-For", "2001:db8::7").status())
                .isEqualTo(204);
        assertThat(second.change(second, "'ip_allow_list':[]", "X-Forwarded-For", "192.0.2.7")
                        .status())
                .isEqualTo(200);
        assertThat(second.opens()).isTrue();
    }

    @Test
    void aRevokedKeyMayBeRevokedAgain() {
        var second = newKey("");
        assertThat(first.revoke(second).status()).isEqualTo(204);
        assertThat(first.revoke(second).status()).isEqualTo(204);
    }
}
