package tv.roster.platform.database.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.platform.database.schema.PlainJdbc.execute;
import static tv.roster.platform.database.schema.PlainJdbc.query;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.flywaydb.core.Flyway;
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

    /// What a migration outside of a transaction leaves behind, such as an index that is built while calls go on.
    @Test
    void aMigrationThatFailedHalfWayRunsAgain() throws SQLException {
        var address = TestPostgres.newDatabase();
        Flyway.configure()
                .dataSource(
                        address.jdbcUrl(), address.user(), address.password().value())
                .locations("classpath:db/migration")
                .javaMigrations(new EmailKeys())
                .target("010")
                .load()
                .migrate();
        failed(address, "011");
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        assertThat(query(
                        address,
                        "select string_agg(success::text, ',') from flyway_schema_history where version = '011'"))
                .isEqualTo("true");
    }

    @Test
    void anOlderServerStartsWhereTheMigrationOfANewerOneHasFailed() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        failed(address, "900");
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        assertThat(query(address, "select success from flyway_schema_history where version = '900'"))
                .isEqualTo("f");
    }

    @Test
    void anOlderServerLeavesTheRightsOfANewerOneAsTheyAre() throws SQLException {
        var address = TestPostgres.newDatabase();
        new TestServer(Map.of(), InstantSource.system(), address).close();
        failed(address, "900");
        execute(address, "update flyway_schema_history set success = true where version = '900'");
        execute(address, "create table another_audit (id uuid primary key)");
        execute(address, "grant select, insert on another_audit to roster_application");
        try (var server = new TestServer(Map.of(), InstantSource.system(), address)) {
            assertThat(server.newTenant().createUser("").status()).isEqualTo(201);
            assertThat(query(address, "select has_table_privilege('roster_application', 'another_audit', 'delete')"))
                    .isEqualTo("f");
        }
    }

    private static void failed(DatabaseAddress address, String version) throws SQLException {
        execute(address, """
                insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                    execution_time, success) values (900, '%1$s', 'half', 'SQL', 'V%1$s__half.sql', 'x', 1, false)""".formatted(version));
    }
}
