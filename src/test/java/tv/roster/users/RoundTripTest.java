package tv.roster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Response.etag;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.TestPostgres;

/// One round trip to PostgreSQL for get, create, patch and delete, as `pg_stat_statements` counts them.
class RoundTripTest {
    private static final int TIMES = 20;

    /// What the nodes ask from time to time for all requests together is not counted.
    private static final String CALLS = """
            select coalesce(sum(calls), 0) from pg_stat_statements
             where dbid = (select oid from pg_database where datname = '%s') and query not like '%%access_version%%'
               and query not like '%%roster_probe%%' and query not like '%%installation_secret%%' and query not like '%%from import i%%'
               and query not like '%%feed_offset() as place%%' and query not like '%%pg_snapshot_xmax%%' and query not like '%%webhook_%%'
               and query <> 'select $1'""";

    private TestServer server;
    private DatabaseAddress statistics;
    private ApiClient bss;

    @BeforeEach
    void start() throws SQLException {
        server = new TestServer(Map.of(), InstantSource.system());
        bss = server.newTenant();
        statistics = TestPostgres.newMigratedDatabase();
        try (var connection = TestPostgres.connect(statistics);
                var statement = connection.createStatement()) {
            statement.execute("create extension pg_stat_statements");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long calls() throws SQLException {
        try (var connection = TestPostgres.connect(statistics);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(CALLS.formatted(server.database().database()))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void eachCallIsOneStatement() throws SQLException {
        var ids = new String[TIMES];
        costsOneEach(number -> ids[number] =
                bss.createUser("'name':'Anna','external_id':'c" + number + "'").id());
        costsOneEach(number -> bss.get("/users/" + ids[number]));
        costsOneEach(number -> bss.get("/users/by_external_id/c" + number));
        costsOneEach(number -> bss.get("/users/" + ids[number] + "?include=user_profiles"));
        costsOneEach(number -> bss.patchUser(ids[number], "'name':'Bea'", "If-Match", etag(1)));
        costsOneEach(number -> bss.put("/users/by_external_id/c" + number, ApiClient.user("{'name':'Cea'}")));
        costsOneEach(number -> bss.get("/users?page[size]=10"));
        costsOneEach(number -> bss.delete("/users/" + ids[number]));
    }

    private interface Call {
        void run(int number);
    }

    private void costsOneEach(Call call) throws SQLException {
        long before = calls();
        for (int number = 0; number < TIMES; number++) {
            call.run(number);
        }
        assertThat(calls() - before).isEqualTo(TIMES);
    }
}
