package tv.roster.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.testing.TestPostgres;
import tv.roster.values.Cursor;

/// An installation from before its secret had generations.
class UpdatedInstallationTest {
    private static final String SECRET = "00ff".repeat(16);

    @Test
    void cursorsOfEarlierVersionsAreOpened() throws SQLException {
        var database = TestPostgres.newDatabase();
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().value())
                .locations("classpath:db/migration")
                .target("005")
                .load()
                .migrate();
        try (var connection = TestPostgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("insert into installation (secret) values ('\\x" + SECRET + "')");
        }
        try (var server = new TestServer(Map.of(), InstantSource.system(), database)) {
            var tenant = server.addTenant();
            var bss = server.newKey(tenant, "users:read", "users:write");
            bss.createUser("'name':'Anna'");
            var query = "page[size]=10";
            var list = tenant + "/users?" + new Query(query).withoutPages();
            var secret = HexFormat.of().parseHex(SECRET);
            for (var key : new byte[][] {KeyUse.CURSORS.key(secret), secret}) {
                var cursor = new Cursors(key).seal(new Cursor(null, new UUID(0, 0)), list);
                assertThat(bss.get("/users?" + query + "&page[after]=" + cursor).textAt("/data/0/attributes/name"))
                        .isEqualTo("Anna");
            }
            assertThat(server.value("select encode(secret, 'hex') from installation_secret where generation = 1"))
                    .isEqualTo(SECRET);
        }
    }
}
