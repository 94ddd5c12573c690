package tv.roster.platform.database.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.platform.database.schema.PlainJdbc.execute;
import static tv.roster.platform.database.schema.PlainJdbc.query;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.TestPostgres;

/// Users who came before both forms of a domain were one address.
class EmailKeysTest {
    private static final String TENANT = "0198c0de-0000-7000-8000-000000000000";

    private final DatabaseAddress database = TestPostgres.newDatabase();

    @BeforeEach
    void migrateToTheVersionBefore() throws SQLException {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().value())
                .locations("classpath:db/migration")
                .target("007?")
                .load()
                .migrate();
        execute(database, "insert into tenant (id, slug, name, updated_time) values ('" + TENANT + "', 'n', 'N', 0)");
    }

    private void insert(int number, String email, String key) throws SQLException {
        execute(
                database,
                "insert into roster_user (tenant_id, id, version, email, email_key, user_flags, default_profile_id,"
                        + " updated_time) values ('%s', '%s', 1, '%s', '%s', '{}', gen_random_uuid(), 0)"
                                .formatted(TENANT, id(number), email, key));
    }

    private static String id(int number) {
        return TENANT.substring(0, TENANT.length() - 1) + number;
    }

    private String key(int number) throws SQLException {
        return query(database, "select email_key from roster_user where id = '" + id(number) + "'");
    }

    @Test
    void theirKeysAreMadeAnew() throws SQLException {
        insert(1, "Anna@Example.com", "anna@example.com");
        insert(2, "Info@XN--MNCHEN-3YA.de", "info@xn--mnchen-3ya.de");
        insert(3, "νικος@παράδειγμας.gr", "νικοσ@παράδειγμασ.gr");
        insert(4, "xn--x@example.com", "xn--x@example.com");

        Migrations.of(DatabaseRoles.one(database), Duration.ZERO).run();

        assertThat(key(1)).isEqualTo("anna@example.com");
        assertThat(key(2)).isEqualTo("info@münchen.de");
        assertThat(key(3)).isEqualTo("νικοσ@παράδειγμας.gr");
        assertThat(key(4)).isEqualTo("xn--x@example.com");
    }

    @Test
    void whereTwoUsersHaveOneAddressTheServerStartsAllTheSame() throws SQLException {
        insert(1, "info@xn--mnchen-3ya.de", "info@xn--mnchen-3ya.de");
        insert(2, "info@münchen.de", "info@münchen.de");
        insert(3, "i@xn--strae-oqa.de", "i@xn--strae-oqa.de");

        try (var server = new TestServer(Map.of(), InstantSource.system(), database)) {
            assertThat(key(1)).isEqualTo("info@xn--mnchen-3ya.de");
            assertThat(key(2)).isEqualTo("info@münchen.de");
            assertThat(key(3)).isEqualTo("i@straße.de");
            var bss = server.newKey(java.util.UUID.fromString(TENANT), "users:read");
            assertThat(bss.get("/users?filter[email]=info@xn--mnchen-3ya.de").textAt("/data/0/id"))
                    .isEqualTo(id(2));
        }
    }
}
