package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// Two nodes on machines whose clocks are an hour apart.
class ClocksTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final DatabaseAddress database = TestPostgres.newDatabase();

    private static InstantSource machine(Duration ahead) {
        return () -> Instant.now().plus(ahead);
    }

    private static long created(Response user) {
        return user.at("/data/meta/created_time").asLong();
    }

    private static long updated(Response user) {
        return user.at("/data/meta/updated_time").asLong();
    }

    private static String metrics(TestServer server) {
        return new ApiClient(server.healthUrl(), null).get("/metrics").text();
    }

    @Test
    void bothTellTheDatabasesTimeAndNoChangeIsMissed() {
        try (var fast = TestServer.onMachine(machine(HOUR), database);
                var slow = TestServer.onMachine(machine(HOUR.negated()), database)) {
            var onFast = fast.newTenant();
            slow.refresh();
            var onSlow = slow.client(onFast.key());
            long before = Long.parseLong(fast.value("select extract(epoch from clock_timestamp())::bigint"));
            var user = onFast.createUser("'name':'Anna'");
            long seen = updated(user);
            var changed = onSlow.patchUser(user.id(), "'name':'Anne'");

            assertThat(created(user)).isBetween(before - 1, before + 30);
            assertThat(updated(changed)).isBetween(seen, before + 30);
            assertThat(onFast.get("/users?filter[updated_since]=" + seen).at("/data"))
                    .hasSize(1);
            assertThat(metrics(fast)).containsPattern("roster_clock_ahead_seconds 3(599|600)\\.");
            assertThat(metrics(slow)).containsPattern("roster_clock_ahead_seconds -3(599|600)\\.");
        }
    }

    /// As on nodes whose database changed over to a machine with another clock.
    @Test
    void nothingIsChangedBeforeItWasCreatedWhateverTheClocksSay() {
        var clock = new FixedClock(Instant.parse("2026-01-01T12:00:00Z"));
        try (var server = new TestServer(Map.of(), clock, database)) {
            var bss = server.newTenant();
            var user = bss.createUser("'name':'Anna'");
            clock.advance(HOUR.negated());
            var changed = bss.patchUser(
                    user.id(), "'name':'Anne','registration_information':{'registration_state':'REGISTERED'}");

            assertThat(updated(changed)).isGreaterThanOrEqualTo(created(user));
            assertThat(changed.at("/data/attributes/registration_information/registration_time")
                            .asLong())
                    .isGreaterThanOrEqualTo(created(user));
        }
    }
}
