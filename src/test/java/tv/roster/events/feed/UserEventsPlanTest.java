package tv.roster.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.testing.TestPostgres;

/// A page of a user's events costs a page: shown by the plans of the very SQL that the server runs, over 100,000 events
/// of one tenant, 10,000 of which are those of one user.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserEventsPlanTest {
    private static final int PAGE = 101;
    private static final UUID TENANT = new UUID(1, 7);

    private static final String EVENTS = """
            insert into user_event (tenant_id, id, time, kind, user_id, version, feed_order)
            select '%s', (lpad(to_hex(1700000000000 + n * 500), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid, now(),
                   'user.updated',
                   ('00000000-0000-0003-0000-' || lpad(to_hex(case when n %% 10 = 0 then 0 else n end), 12, '0'))::uuid,
                   1, n
              from generate_series(1, 100000) n""".formatted(TENANT);

    private Connection connection;

    @BeforeAll
    void createEvents() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        connection = TestPostgres.connect(address);
        try (var statement = connection.createStatement()) {
            statement.execute(EVENTS);
            statement.execute("vacuum analyze user_event");
        }
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    /// The user with many events and one with a single one, at the beginning, in the middle and at the end.
    @ParameterizedTest
    @CsvSource({
        "0, ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0, 018bd0e0-0000-7000-8000-000000000000",
        "0, 00000000-0000-0000-0000-000000000000",
        "77777, ffffffff-ffff-ffff-ffff-ffffffffffff",
        "200000, ffffffff-ffff-ffff-ffff-ffffffffffff"
    })
    void aPageCostsAPage(int user, UUID from) throws SQLException {
        assertThat(blocks(UserEventsTable.NEWEST_FIRST, new UUID(3, user), from))
                .isLessThan(2 * PAGE);
        assertThat(blocks(UserEventsTable.BACKWARDS, new UUID(3, user), from)).isLessThan(2 * PAGE);
    }

    private long blocks(String sql, UUID user, UUID from) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("prepare page as " + sql);
            var values = "'%s', '%s', '%s', %d".formatted(TENANT, user, from, PAGE);
            // PostgreSQL decides after five executions whether one plan for all values will do.
            for (int execution = 0; execution < 6; execution++) {
                statement.execute("execute page(" + values + ")");
            }
            try (var rows = statement.executeQuery(
                    "explain (analyze, buffers, timing off, format json) execute page(" + values + ")")) {
                rows.next();
                var plan = new JsonMapper().readTree(rows.getString(1)).at("/0/Plan");
                return plan.at("/Shared Hit Blocks").asLong()
                        + plan.at("/Shared Read Blocks").asLong();
            } finally {
                statement.execute("deallocate page");
            }
        }
    }
}
