package tv.roster.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.platform.background.Sweeper;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.FixedClock;
import tv.roster.testing.TestPostgres;

class ExpiredKeysTest {
    private final FixedClock clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));

    @Test
    void keysAreClearedAwayWhenTheir24HoursAreOver() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        long now = clock.instant().getEpochSecond();
        try (var connection = TestPostgres.connect(address);
                var statement = connection.createStatement();
                var loops = new EventLoops(1);
                var database = new Database(loops, address, 1);
                var sweeper = new Sweeper<>(
                        database, clock, new LinkedHashMap<>(Map.of("idempotency_keys", ExpiredKeys::sweep)))) {
            statement.execute(
                    "insert into tenant (id, slug, name, updated_time) values (gen_random_uuid(), 't', 'T', 0)");
            statement.execute("insert into idempotency_key (tenant_id, key, request_digest, created_time)"
                    + " select t.id, n::text, '', " + now + " - case when n <= 2500 then 1 else 0 end"
                    + " from tenant t, generate_series(1, 2600) n");
            clock.advance(Duration.ofHours(24).minusSeconds(1));
            sweeper.sweep();
            assertThat(keys(database)).isEqualTo(100);
            clock.advance(Duration.ofSeconds(1));
            sweeper.sweep();
            assertThat(keys(database)).isZero();
        }
    }

    private static long keys(Database database) {
        return database.first("select count(*) as keys from idempotency_key")
                .orElseThrow()
                .getLong("keys");
    }
}
