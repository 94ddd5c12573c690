package tv.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.roster.TestServer;
import tv.roster.testing.TestPostgres;
import tv.roster.users.BenchStatements;
import tv.roster.values.ids.TenantId;

/// Checks that the benchmark matches the schema and what the server sends, without measuring anything.
class BenchStatementsTest {
    private static final long USERS = 2_000;
    private static final long RUN = 7;

    private static TestServer server;
    private static UUID tenant;

    @BeforeAll
    static void load() throws SQLException {
        // A database of its own, since loading drops indexes temporarily.
        server = new TestServer(Map.of(), InstantSource.system());
        tenant = server.addTenant();
        try (var connection = TestPostgres.connect(server.database())) {
            var loader = new Loader(connection, tenant);
            loader.load(USERS, progress -> {});
        }
        try (var connection = TestPostgres.connect(server.database())) {
            new Loader(connection, tenant).addVictims(10, RUN);
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static PgBenchScript script(Workload workload) {
        var statements = new BenchStatements(new TenantId(tenant), UUID.randomUUID(), RUN, Path.of("bench", "wrk"));
        return Stage.script(workload, statements);
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void eachStatementMeetsTheRowsItIsMeasuredOn(Workload workload) throws SQLException {
        try (var connection = TestPostgres.connect(server.database())) {
            StatementCheck.check(connection, workload, script(workload));
        }
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void noParameterIsLeftAsTheServerNumbersThem(Workload workload) {
        assertThat(script(workload).file(workload.draws(script(workload), USERS)))
                .doesNotContainPattern("\\$\\d")
                .contains("\\set k ");
    }

    @Test
    void loadedUsersHaveWhatTheCodeWouldDerive() throws SQLException {
        try (var connection = TestPostgres.connect(server.database())) {
            assertThat(LoadedUsers.check(connection, tenant)).isEqualTo(200);
        }
        assertThat(server.value("select count(*) from user_profile where tenant_id = ?", tenant))
                .isEqualTo(String.valueOf(USERS + 10));
        assertThat(server.value("select count(*) from pg_indexes where tablename = 'roster_user'"))
                .isEqualTo(
                        TestServer.shared().value("select count(*) from pg_indexes where tablename = 'roster_user'"));
    }

    @Test
    void textThatHoldsAKeyIsPutTogetherFromIt() {
        var recorded = new Recorded("select $1, $2, $3", Arrays.asList("a-" + PgBenchScript.KEY + "'s", null, true));
        var script = PgBenchScript.of(recorded);

        assertThat(script.sql()).isEqualTo("select ('a-' || :k::text || '''s'), null, :p3");
        assertThat(script.variables()).containsExactly(Map.entry("p3", "true"));
        assertThat(script.plain(Map.of("k", 5L))).isEqualTo("select ('a-' || '5'::text || '''s'), null, 'true'");
    }
}
