package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.platform.database.session.DatabaseAddress.SslMode;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// Whoever gets the server to run SQL of theirs can change what calls can change, but neither the audit nor the
/// tables, and reaches nothing beyond the database. Every other test runs its server as this role as well.
class ApplicationRoleTest {
    private static final String FORBIDDEN = "42501";
    private static final String EVENTS =
            "select count(*) from user_event where user_id = ?::uuid and kind <> 'nothing'";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update user_event set kind = 'nothing'",
                "update user_event set after = null where false",
                "delete from user_event",
                "truncate user_event",
                "insert into user_event select * from user_event on conflict (tenant_id, id) do update set kind = ''",
                "merge into user_event e using user_event o on e.id = o.id when matched then delete",
                "select from user_event for update",
                "alter table user_event disable trigger all",
                "create trigger forget before insert on user_event for each row execute function pg_catalog.now()",
                "create rule forget as on insert to user_event do instead nothing",
                "update admin_event set kind = 'nothing'",
                "delete from admin_event",
                "truncate admin_event",
                "drop table admin_event",
                "alter table admin_event rename to forgotten",
                "update flyway_schema_history set success = false",
                "truncate roster_user",
                "drop table roster_user cascade",
                "drop index user_email_taken",
                "alter table roster_user add column is_mine boolean",
                "alter table roster_user owner to current_user",
                "create table mine (word text)",
                "create schema mine",
                "create function mine() returns int language sql as 'select 1'",
                "create role mine superuser",
                "alter role current_user superuser",
                "alter role roster password 'mine'",
                "set role roster",
                "set session authorization roster",
                "create database mine",
                "drop database roster",
                "alter system set log_statement = 'all'",
                "set session_replication_role = replica",
                "create extension file_fdw",
                "copy (select 1) to program 'true'",
                "copy (select 1) to '/tmp/roster-mine'",
                "create temp table lines (line text); copy lines from '/etc/hostname'",
                "create temp table lines (line text); copy lines from program 'hostname'",
                "select pg_read_file('PG_VERSION')",
                "select pg_ls_dir('.')",
                "select lo_import('/etc/hostname')",
                "select rolpassword from pg_authid",
                "select pg_reload_conf()",
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'roster'"
            })
    void theServersRoleMayNot(String sql) {
        var server = TestServer.shared();
        var user = server.newTenant().createUser("").id();
        assertForbidden(server.asApplication(), sql);
        assertThat(server.value(EVENTS, user)).isEqualTo("1");
    }

    @Test
    void aServerConnectsAsThisRoleAlone() throws IOException {
        var data = folder.resolve("data");
        try (var server = ServerAlone.start(data)) {
            server.bss().createUser("'name':'Anna'");
            assertThat(value(data, """
                    select string_agg(distinct usename, ' ') from pg_stat_activity
                     where backend_type = 'client backend' and pid <> pg_backend_pid()""")).isEqualTo("roster_application");
        }
    }

    /// What an earlier version left, and what a start left that was killed while it made the role.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "create role roster_application",
                "create role roster_application superuser nologin;"
                        + " grant all on all tables in schema public to roster_application"
            })
    void aDataFolderWithoutTheRoleGetsIt(String left) throws IOException {
        var data = folder.resolve("data");
        String user;
        try (var server = ServerAlone.start(data)) {
            user = server.bss().createUser("'name':'Anna'").id();
        }
        try (var postgres = EmbeddedPostgres.start(data, EmbeddedPostgres.Options.FOR_TESTS)) {
            execute(postgres.address(), "drop owned by roster_application; drop role roster_application");
            execute(postgres.address(), left);
        }
        try (var server = ServerAlone.start(data)) {
            var bss = server.bss();
            assertThat(bss.get("/users/" + user).status()).isEqualTo(200);
            assertThat(bss.post("/users", ApiClient.user("{}")).status()).isEqualTo(201);
            assertThat(value(data, """
                    select string_agg(concat_ws(' ', relname, right_of), ', ' order by relname, right_of)
                      from pg_class,
                           unnest('{select,insert,update,delete,truncate,references,trigger,maintain}'::text[]) right_of
                     where relname in ('user_event', 'user_profile')
                       and has_table_privilege('roster_application', pg_class.oid, right_of)"""))
                    .isEqualTo("user_event insert, user_event select, user_profile delete, user_profile insert,"
                            + " user_profile select, user_profile update");
            assertThat(value(data, """
                    select concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication)
                      from pg_roles where rolname = 'roster_application'""")).isEqualTo("f f f f f");
        }
    }

    @Test
    void thePasswordsOfTheRolesDiffer() {
        var server = TestServer.shared();
        assertThat(server.asApplication().password())
                .isNotEqualTo(server.database().password());
        assertThat(server.value(
                        "select count(distinct rolpassword) from pg_authid where rolname like 'roster%' and rolpassword"
                                + " like 'SCRAM-SHA-256$%'"))
                .isEqualTo("2");
    }

    @Test
    void aPostgresOfYourOwnIsUsedByTwoRolesAsTheGuideSaysAndByNodesWithoutTheOwner() throws IOException {
        var database = TwoRoles.asTheGuideSays();
        var both = Map.of(
                "ROSTER_DATABASE_URL", TestPostgres.url(database.application()),
                "ROSTER_DATABASE_OWNER_URL", TestPostgres.url(database.owner()));
        try (var first = ServerAlone.start(node("first"), both);
                var second = ServerAlone.start(
                        node("second"), Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database.application())))) {
            var user = first.bss().createUser("'name':'Anna'").id();
            assertThat(second.health("ready").status()).isEqualTo(200);
            assertThat(first.admin().get("/events").status()).isEqualTo(200);
            assertThat(user).isNotEmpty();
            assertForbidden(database.application(), "delete from user_event");
            assertThat(ServerAlone.log(folder.resolve("first").resolve("data")))
                    .content()
                    .doesNotContain("superuser");
        }
    }

    private Path node(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name)).resolve("data");
    }

    private static void assertForbidden(DatabaseAddress address, String sql) {
        var refused = catchThrowableOfType(SQLException.class, () -> run(address, sql));
        assertThat((Throwable) refused).as("refused").isNotNull();
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(FORBIDDEN);
    }

    private static String value(Path data, String sql) throws IOException {
        return TestPostgres.value(owner(data), sql);
    }

    private static DatabaseAddress owner(Path data) throws IOException {
        var port = Integer.parseInt(
                Files.readString(data.resolve("postgresql-port")).strip());
        var password = Files.readString(data.resolve("postgresql-password")).strip();
        return new DatabaseAddress("127.0.0.1", port, "roster", "roster", new Password(password), SslMode.DISABLE);
    }

    private static void execute(DatabaseAddress address, String sql) {
        try {
            run(address, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(DatabaseAddress address, String sql) throws SQLException {
        try (var connection = TestPostgres.connect(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
