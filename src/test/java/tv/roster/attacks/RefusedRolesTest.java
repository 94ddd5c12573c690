package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Two roles that do not keep apart what they should, or that cannot serve, end the start with one line.
class RefusedRolesTest {
    private static final int STARTS = 8;
    private static final String CHANGES = """
            select string_agg(xmin::text, ' ' order by oid)
              from pg_class
             where relnamespace = 'public'::regnamespace and relkind = 'r'""";

    private final TwoRoles database = TwoRoles.asTheGuideSays();
    private final DatabaseRoles both = new DatabaseRoles(database.owner(), database.application());
    private final DatabaseRoles withoutOwner = DatabaseRoles.one(database.application());

    private static void start(DatabaseRoles roles) {
        Migrations.of(roles, Duration.ZERO).run();
    }

    private static String refusal(DatabaseRoles roles) {
        var failure = catchThrowableOfType(PostgresFailure.class, () -> start(roles));
        assertThat(failure).as("refused").isNotNull();
        assertThat(failure.getMessage()).doesNotContain("\n", "Exception", "password");
        return failure.getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "alter role APPLICATION superuser                      | is a superuser",
                "alter role APPLICATION createrole                     | may create roles",
                "grant OWNER to APPLICATION                            | owns the tables, or is a member",
                "grant create on schema public to public               | may create tables",
                "grant create on database DATABASE to APPLICATION      | may create schemas",
                "grant delete on user_event to public                  | may change the audit",
                "grant update (kind) on admin_event to public          | may change the audit",
                "grant pg_execute_server_program to APPLICATION        | may use files or programs",
                "grant pg_write_all_data to APPLICATION                | may change the audit",
                "grant update on flyway_schema_history to public       | the history of the schema",
                "alter role APPLICATION set search_path = elsewhere    | finds no table roster_user",
                "alter schema public owner to roster; grant usage, create on schema public to OWNER;"
                        + " revoke usage on schema public from public, APPLICATION | finds no table roster_user",
                "alter table user_profile owner to roster; revoke all on user_profile from APPLICATION"
                        + " | does not let OWNER grant"
            })
    void anApplicationWithMoreOrLessThanItNeeds(String change, String words) {
        start(both);
        database.run(change);
        assertThat(refusal(both)).contains(database.named(words));
    }

    @Test
    void anApplicationThatOwnsTheTables() {
        start(both);
        assertThat(refusal(new DatabaseRoles(database.administrator(), database.owner())))
                .contains(database.owner().user(), "owns the tables");
        start(both);
    }

    @Test
    void addressesOfDifferentDatabases() {
        var other = TwoRoles.asTheGuideSays();
        assertThat(refusal(new DatabaseRoles(database.owner(), other.application())))
                .contains("lead to different databases", database.owner().database() + " at 127.0.0.1:")
                .contains(other.application().database() + " at 127.0.0.1:");
        assertThat(TestPostgres.value(database.owner(), "select to_regclass('roster_user')"))
                .isNull();
    }

    @Test
    void anApplicationAloneBeforeTheTablesAreThere() {
        assertThat(refusal(withoutOwner)).contains("bring the schema up to date", "ROSTER_DATABASE_OWNER_URL");
    }

    @Test
    void anApplicationAloneThatMayNotDoAll() {
        start(both);
        start(withoutOwner);
        database.run("revoke update, insert on user_profile from APPLICATION");
        assertThat(refusal(withoutOwner))
                .contains("may not insert user_profile, update user_profile", "ROSTER_DATABASE_OWNER_URL");
        start(both);
        database.run("revoke execute on function delete_expired_events from APPLICATION");
        assertThat(refusal(withoutOwner)).contains("may not execute delete_expired_events");
        start(both);
        start(withoutOwner);
    }

    @Test
    void startsAtTheSameMomentGrantOnce() {
        Together.run(STARTS, number -> {
            start(both);
            return number;
        });
        start(withoutOwner);
    }

    @Test
    void rightsHoldForTablesThatComeLaterAndWhatWasGrantedBesideIsTakenBack() {
        start(both);
        database.run("set role OWNER; create table later (id int)");
        database.run(
                "grant update, truncate on user_event to APPLICATION; grant truncate on roster_user to APPLICATION");
        start(both);
        assertThat(TestPostgres.value(database.application(), "select has_table_privilege('later', 'insert, update')"))
                .isEqualTo("t");
        assertThat(TestPostgres.value(database.application(), """
                select has_table_privilege('user_event', 'update, truncate')
                    or has_table_privilege('roster_user', 'truncate')""")).isEqualTo("f");
    }

    @Test
    void aStartThatFindsAllAsItShouldBeGrantsNothing() {
        start(both);
        var before = TestPostgres.value(database.owner(), CHANGES);
        start(both);
        assertThat(TestPostgres.value(database.owner(), CHANGES)).isEqualTo(before);
    }
}
