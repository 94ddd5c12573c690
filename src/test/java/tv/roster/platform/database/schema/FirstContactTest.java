package tv.roster.platform.database.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static tv.roster.platform.database.schema.PlainJdbc.execute;
import static tv.roster.platform.database.schema.PlainJdbc.query;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.testing.ScriptedPostgres;
import tv.roster.testing.TestPostgres;

/// What a start says of a database that it cannot use, or not yet.
class FirstContactTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> COLUMNS = List.of("release", "version", "encoding", "standby", "read_only");

    private static String refusal(DatabaseAddress address) {
        return refusal(address, Duration.ZERO);
    }

    private static String refusal(DatabaseAddress address, Duration patience) {
        var failure = catchThrowableOfType(
                PostgresFailure.class,
                () -> Migrations.of(DatabaseRoles.one(address), patience).run());
        assertThat(failure).as("refused").isNotNull();
        assertThat(failure.getMessage()).doesNotContain("\n", "Exception", "hush");
        return failure.getMessage();
    }

    private static DatabaseAddress as(DatabaseAddress of, String user, String password, String database) {
        return new DatabaseAddress(of.host(), of.port(), database, user, new Password(password), of.sslMode());
    }

    private static DatabaseAddress at(int port) {
        return DatabaseAddress.parse("postgresql://u:hush@127.0.0.1:" + port + "/d");
    }

    @Test
    void aWrongPasswordIsToldAtOnce() {
        var address = TestPostgres.newDatabase();
        assertThat(refusal(as(address, address.user(), "hush", address.database()), PATIENCE))
                .contains("refuses roster: password authentication failed", "correct the user and the password");
    }

    @Test
    void aDatabaseThatDoesNotExistIsToldAtOnce() {
        var address = TestPostgres.newDatabase();
        assertThat(refusal(as(address, address.user(), address.password().value(), "nowhere"), PATIENCE))
                .contains("database \"nowhere\" does not exist", "create database nowhere encoding 'UTF8'");
    }

    @Test
    void anotherEncodingIsRefused() throws SQLException {
        var address = TestPostgres.newDatabase();
        var latin = "latin_" + address.database();
        execute(
                address,
                "create database " + latin + " encoding 'LATIN1' locale_provider libc locale 'C' template template0");
        assertThat(refusal(as(address, address.user(), address.password().value(), latin), PATIENCE))
                .contains("has the encoding LATIN1, but Roster needs UTF8");
    }

    @Test
    void anOldReleaseIsRefused() {
        try (var old = new ScriptedPostgres("14.9", COLUMNS, List.of("14", "14.9", "UTF8", "f", "f"))) {
            assertThat(refusal(old.address(), PATIENCE)).contains("is 14.9, but Roster needs release 15 or newer");
        }
    }

    @Test
    void aUserWhoMayNotMakeTablesIsRefused() throws SQLException {
        var address = TestPostgres.newDatabase();
        var name = "idle_" + address.database();
        execute(address, "create role " + name + " login password 'hush'");
        assertThat(refusal(as(address, name, "hush", address.database()), PATIENCE))
                .contains("does not let " + name + " bring the schema up to date", "permission denied", "grant create");
    }

    private static DatabaseAddress migratedByANewerRoster(String... descriptions) throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        for (int number = 0; number < descriptions.length; number++) {
            execute(address, """
                    insert into flyway_schema_history select %1$d, '%1$d', '%2$s', type, 'V%1$d__tomorrow.sql', 1,
                        installed_by, installed_on, 1, true from flyway_schema_history where installed_rank = 1""".formatted(900 + number, descriptions[number]));
        }
        return address;
    }

    @Test
    void theSchemaOfANewerRosterIsUsedAsLongAsItHasWhatThisOneNeeds() throws SQLException {
        for (var description : List.of("add nickname", "contract needs 011 drop nickname")) {
            var address = migratedByANewerRoster("add badges", description);
            Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
            assertThat(query(address, "select count(*) from flyway_schema_history where version::int >= 900"))
                    .isEqualTo("2");
        }
    }

    @Test
    void theSchemaOfANewerRosterIsRefusedAfterAContractStepThatThisOneDoesNotKnow() throws SQLException {
        var address = migratedByANewerRoster("contract needs 899 drop nickname", "add badges");
        assertThat(refusal(address, PATIENCE))
                .contains(
                        "has the schema of a newer Roster (901)",
                        "needs a server with migration 899 or newer",
                        "Start a newer server");
    }

    @Test
    void aMigrationDoesNotKeepCallsWaitingBehindItsLock() throws SQLException {
        var address = TestPostgres.newDatabase();
        migratedTo(address, "010");
        try (var connection = PlainJdbc.open(address)) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table user_event in row exclusive mode");
            var start = CompletableFuture.runAsync(
                    () -> Migrations.of(DatabaseRoles.one(address), PATIENCE).run(), Thread::startVirtualThread);
            await().atMost(PATIENCE).until(() -> waitingForLocks(address) > 0);
            await().atMost(PATIENCE).until(() -> waitingForLocks(address) == 0);
            assertThat(start).isNotDone();
            connection.rollback();
            assertThat(start).succeedsWithin(PATIENCE);
        }
    }

    private static void migratedTo(DatabaseAddress address, String version) {
        Flyway.configure()
                .dataSource(
                        address.jdbcUrl(), address.user(), address.password().value())
                .locations("classpath:db/migration")
                .javaMigrations(new EmailKeys())
                .target(version)
                .load()
                .migrate();
    }

    private static int waitingForLocks(DatabaseAddress address) throws SQLException {
        return Integer.parseInt(query(
                address,
                "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                        + " where not l.granted and d.datname = current_database() and l.locktype = 'relation'"));
    }

    @Test
    void aMigrationThatWasChangedIsRefused() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        execute(address, "update flyway_schema_history set checksum = 1 where version = '002'");
        assertThat(refusal(address, PATIENCE)).contains("has a schema that is not Roster's", "002");
    }

    @Test
    void aServerThatSaysNothingIsWaitedForAndGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(refusal(at(silent.getLocalPort()), Duration.ofMillis(10)))
                    .contains(
                            "No database at 127.0.0.1:" + silent.getLocalPort(),
                            "it accepts connections, but does not respond",
                            "ROSTER_DATABASE_WAIT");
        }
    }

    @Test
    void aPortWhereNobodyListensIsWaitedForAndGivenUp() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        assertThat(refusal(at(port))).contains("Connection refused");
        assertThat(refusal(DatabaseAddress.parse("postgresql://u:hush@nowhere.invalid/d")))
                .contains("nowhere.invalid:5432", "there is no host with this name");
    }

    @Test
    void aStandbyIsWaitedFor() {
        try (var standby = new ScriptedPostgres("18.0", COLUMNS, List.of("18", "18.0", "UTF8", "t", "t"))) {
            assertThat(refusal(standby.address())).contains("it is a standby");
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesIsWaitedForUntilItDoes() throws SQLException {
        var address = TestPostgres.newDatabase();
        execute(address, "alter database " + address.database() + " set default_transaction_read_only = on");
        assertThat(refusal(address)).contains("it accepts no writes");

        var start = CompletableFuture.runAsync(
                () -> Migrations.of(DatabaseRoles.one(address), PATIENCE).run(), Thread::startVirtualThread);
        await().atMost(PATIENCE)
                .until(() -> query(
                                TestPostgres.newDatabase(),
                                "select count(*) > 0 from pg_stat_database where datname = '" + address.database()
                                        + "' and sessions > 2")
                        .equals("t"));
        assertThat(start).isNotDone();
        execute(
                as(address, address.user(), address.password().value(), "postgres"),
                "alter database " + address.database() + " reset default_transaction_read_only");
        assertThat(start).succeedsWithin(PATIENCE);
    }
}
