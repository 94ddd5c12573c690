package tv.roster.platform.database.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Migrations since the first release only add to the schema, so that servers of the version before go on, and may
/// come back. CONTRIBUTING.md describes the exception, contract steps.
class MigrationRulesTest {
    /// The migrations of the first release, and before, have run before there was a version to go on with.
    private static final int LAST_OF_THE_FIRST_RELEASE = 13;

    private static final List<Path> FOLDERS = List.of(
            Path.of("src", "main", "resources", "db", "migration"),
            Path.of("src", "test", "upgrades", "next", "db", "migration"),
            Path.of("src", "test", "upgrades", "contract", "db", "migration"));

    static Stream<Path> migrations() throws IOException {
        var files = new ArrayList<Path>();
        for (var folder : FOLDERS) {
            try (var found = Files.list(folder)) {
                found.filter(file -> file.toString().endsWith(".sql")).forEach(files::add);
            }
        }
        return files.stream().sorted();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void aMigrationOnlyAddsToTheSchema(Path file) throws IOException {
        var rules = new MigrationRules(name(file), Files.readString(file), Files.exists(Path.of(file + ".conf")));
        if (rules.version() > LAST_OF_THE_FIRST_RELEASE) {
            assertThat(rules.faults()).isEmpty();
        }
    }

    @Test
    void aContractStepNeedsAMigrationThatExists() throws IOException {
        var versions = migrations()
                .map(file -> new MigrationRules(name(file), "", false).version())
                .toList();
        for (var file : migrations().toList()) {
            new MigrationRules(name(file), "", false)
                    .needed()
                    .ifPresent(needed -> assertThat(versions).contains(needed));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table mail",
                "alter table mail drop column kind",
                "alter table mail drop constraint mail_pkey",
                "alter table mail rename column kind to sort",
                "alter table mail rename to post",
                "ALTER TABLE mail ALTER COLUMN attempts TYPE bigint",
                "alter table mail alter attempts set data type bigint",
                "alter table mail alter column link_id set not null",
                "alter table mail add column weight integer not null",
                "alter table mail add constraint heavy check (attempts < 9)",
                "alter table mail add check (attempts < 9)",
                "create unique index once on mail (tenant_id, recipient)",
                "create index slow on mail (recipient)",
                "create index concurrently slow on mail (recipient)",
                "truncate mail",
                "revoke insert on mail from public",
                "do $$ begin execute 'drop table mail'; end $$"
            })
    void whatServersOfTheVersionBeforeCannotBearIsFound(String statement) {
        assertThat(new MigrationRules("V999__change.sql", statement + ";", false).faults())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table mail add column weight integer",
                "alter table mail add column weight integer not null default 0",
                "alter table mail alter column due_time drop not null",
                "create table badge (name text primary key); create index badge_name on badge (name)",
                "update mail set attempts = 0 where attempts is null",
                "-- drop table mail\nselect 1"
            })
    void whatTheyCanBearIsAllowed(String statement) {
        assertThat(new MigrationRules("V999__change.sql", statement + ";", false).faults())
                .isEmpty();
    }

    @Test
    void anIndexThatIsBuiltWhileCallsGoOnCanBeBuiltAgain() {
        var build = "create index concurrently slow on mail (recipient);";
        assertThat(new MigrationRules("V999__i.sql", build, true).faults()).isNotEmpty();
        var again = "set lock_timeout = 0; drop index concurrently if exists slow; " + build;
        assertThat(new MigrationRules("V999__i.sql", again, false).faults()).isNotEmpty();
        assertThat(new MigrationRules("V999__i.sql", again, true).faults()).isEmpty();
    }

    @Test
    void aContractStepSaysForWhichVersion() {
        var drop = "alter table mail drop column kind;";
        assertThat(new MigrationRules("V999__contract_needs_011_drop_kind.sql", drop, false).faults())
                .isNotEmpty();
        assertThat(new MigrationRules("V999__drop_kind.sql", "-- Contract step of 1.2.0: unused.\n" + drop, false)
                        .faults())
                .isNotEmpty();
        assertThat(new MigrationRules(
                                "V999__contract_needs_999_drop_kind.sql",
                                "-- Contract step of 1.2.0: unused.\n" + drop,
                                false)
                        .faults())
                .isNotEmpty();
        assertThat(new MigrationRules(
                                "V999__contract_needs_011_drop_kind.sql",
                                "-- Contract step of 1.2.0: unused.\n" + drop,
                                false)
                        .faults())
                .isEmpty();
    }
}
