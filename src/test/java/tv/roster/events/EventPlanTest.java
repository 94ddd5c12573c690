package tv.roster.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.testing.TestPostgres;

/// A page of the audit log costs a page, whatever it is asked for and however many tenants there are: shown by the
/// plans of the very SQL that the server runs, over 100,000 events of 500 tenants.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventPlanTest {
    private static final int PAGE = 101;
    private static final UUID TENANT = new UUID(1, 7);
    private static final UUID SMALL_TENANT = new UUID(1, 1000);
    private static final UUID KEY = new UUID(2, 7);
    private static final UUID USER = new UUID(3, 77_777);

    private static final String EVENTS = """
            insert into user_event (tenant_id, id, time, kind, user_id, api_key_id)
            select ('00000000-0000-0001-0000-' || lpad(to_hex(case when n % 10000 = 1 then 1000 else n % 500 end), 12, '0'))::uuid,
                   (lpad(to_hex(1700000000000 + n * 500), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid, now(),
                   case when n % 9973 = 0 then 'user.password_imported' else 'user.updated' end,
                   ('00000000-0000-0003-0000-' || lpad(to_hex(n), 12, '0'))::uuid,
                   ('00000000-0000-0002-0000-' || lpad(to_hex(n % 500), 12, '0'))::uuid
              from generate_series(1, 100000) n""";

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

    static Stream<EventFilter> filters() {
        var kind = new String[] {"user.password_imported"};
        return Stream.of(
                new EventFilter(null, null, null, null, null, null, null),
                new EventFilter(null, null, null, null, kind, null, null),
                new EventFilter(null, null, null, null, new String[] {kind[0], "user.nothing"}, null, null),
                new EventFilter(null, new UUID[] {USER}, null, null, null, null, null),
                new EventFilter(null, new UUID[] {USER, KEY}, null, null, null, null, null),
                new EventFilter(null, null, new UUID[] {KEY}, null, null, null, null),
                new EventFilter(null, null, null, new UUID[] {KEY}, null, null, null),
                new EventFilter(new UUID[] {TENANT}, null, null, null, null, null, null),
                new EventFilter(new UUID[] {SMALL_TENANT}, null, null, null, null, null, null),
                new EventFilter(new UUID[] {TENANT}, null, null, null, kind, null, null),
                new EventFilter(new UUID[] {TENANT}, new UUID[] {USER}, null, null, null, null, null));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aPageCostsAPage(EventFilter filter) throws SQLException {
        for (var descending : new boolean[] {false, true}) {
            assertThat(blocks(EventsTable.sql(filter, null, descending), filter))
                    .isLessThan(6 * PAGE);
        }
    }

    private long blocks(String sql, EventFilter filter) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("prepare page as " + sql);
            var values = Stream.of(
                            literal(filter.tenants()),
                            literal(filter.users()),
                            literal(filter.keys()),
                            literal(filter.kinds()),
                            "null",
                            "null",
                            "null",
                            String.valueOf(PAGE),
                            literal(filter.agents()))
                    .collect(Collectors.joining(", "));
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

    private static String literal(Object[] values) {
        return values == null
                ? "null"
                : "'" + Arrays.stream(values).map(String::valueOf).collect(Collectors.joining(",", "{", "}")) + "'";
    }
}
