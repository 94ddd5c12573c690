package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.TestPostgres;

/// `./roster migrate`, for operators who bring the schema up to date apart from the start of a server.
class MigrateTest {
    private static final String SCHEMA = """
            select (select string_agg(t::text, ',' order by t) from pg_class c, cast(c.oid::regclass as text) t
                     where c.relnamespace = 'public'::regnamespace)""";

    private final DatabaseAddress database = TestPostgres.newDatabase();

    private record Run(int status, String out, String errors) {}

    private static Run migrate(Map<String, String> settings, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var line = Stream.concat(Stream.of("migrate"), Stream.of(arguments)).toArray(String[]::new);
        int status = MachineCommands.run(line, settings, new PrintWriter(out, true), new PrintWriter(errors, true));
        return new Run(status, out.toString(), errors.toString());
    }

    private Run migrate(String... arguments) {
        return migrate(Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database)), arguments);
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().value())
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void aDryRunPrintsWhatIsToBeDoneAndWhatWaitsForItAndChangesNothing() {
        migrateTo("004");
        var before = TestPostgres.value(database, SCHEMA);
        var run = migrate("--dry-run");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.out())
                .contains("has version 004; 24 migrations are to be done.")
                .contains("005  ended links")
                .contains("    alter table roster_user add column link_generation integer not null default 0")
                .contains("        all calls that use roster_user wait (ACCESS EXCLUSIVE)")
                .contains("        changes of the same rows of account_link wait (ROW EXCLUSIVE)")
                .contains("008  email keys", "    written in Java")
                .contains("    create index user_event_order on user_event (id)")
                .contains("        changes of user_event wait (SHARE)")
                .endsWith("Nothing was changed." + System.lineSeparator());
        assertThat(TestPostgres.value(database, SCHEMA)).isEqualTo(before);
        assertThat(TestPostgres.value(database, "select count(*) from flyway_schema_history"))
                .isEqualTo("4");
    }

    @Test
    void aDryRunOnAnEmptyDatabaseCreatesNotEvenTheHistory() {
        var run = migrate("--dry-run");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.out()).contains(" is empty; ", "001  users", "create table installation");
        assertThat(TestPostgres.value(database, SCHEMA)).isNull();
    }

    @Test
    void aMigrationIsDoneOnce() {
        var first = migrate();
        assertThat(first.status()).as(first.errors()).isZero();
        assertThat(first.out()).containsPattern("has version \\d+; \\d+ migrations are done\\.");
        assertThat(migrate().out()).contains("nothing had to be done");
        assertThat(migrate("--dry-run").out()).contains("no migration is to be done");
    }

    @Test
    void whatPreventsItIsReportedInOneLine(@TempDir Path empty) {
        migrate();
        TestPostgres.value(
                database,
                "insert into flyway_schema_history (installed_rank, version, description, type,"
                        + " script, installed_by, execution_time, success)"
                        + " values (999, '999', 'contract needs 998 x', 'SQL', 'x', 'x', 1, true) returning 1");
        for (var run : new Run[] {
            migrate(), migrate("--dry-run"), migrate(Map.of("ROSTER_DATA", empty.toString()), "--dry-run")
        }) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.errors().lines())
                    .singleElement()
                    .asString()
                    .containsAnyOf("needs a server with", "no installation");
        }
        assertThat(migrate("--dryrun").status()).isEqualTo(2);
    }
}
