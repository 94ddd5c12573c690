package tv.roster.platform.database.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.platform.database.schema.PlainJdbc.execute;
import static tv.roster.platform.database.schema.PlainJdbc.query;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.testing.TestPostgres;

class MigrationsTest {
    private static final String INDEX = "select count(*) from pg_indexes where indexname = 'user_name_search'";

    @Test
    void namesAreSearchedByAnIndexWhereTheServerAllowsIt() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        assertThat(query(address, INDEX)).isEqualTo("1");
    }

    @Test
    void namesAreSearchedWithoutItElsewhere() throws SQLException {
        var owner = TestPostgres.newDatabase();
        var name = "plain_" + owner.database();
        execute(owner, "create role " + name + " login password 'plain'");
        execute(owner, "grant usage, create on schema public to " + name);
        var plain = new DatabaseAddress(
                owner.host(), owner.port(), owner.database(), name, new Password("plain"), owner.sslMode());
        try (var server = new TestServer(Map.of(), InstantSource.system(), plain)) {
            assertThat(query(owner, INDEX)).isEqualTo("0");
            var bss = server.newTenant();
            var anna = bss.createUser("'name':'Anna Müller'").id();
            assertThat(bss.get("/users?filter[name]=MULL").textAt("/data/0/id")).isEqualTo(anna);
        }
    }
}
