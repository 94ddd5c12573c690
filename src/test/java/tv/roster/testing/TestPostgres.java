package tv.roster.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.database.session.DatabaseAddress;

/// The one PostgreSQL of this test run; each server gets a database of its own in it.
public final class TestPostgres {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private TestPostgres() {}

    private static EmbeddedPostgres start() {
        var postgres = EmbeddedPostgres.start(RunFolder.resolve("postgres"), EmbeddedPostgres.Options.FOR_TESTS);
        RunFolder.closeAtEnd(postgres::close);
        return postgres;
    }

    /// The address of a new, empty database.
    public static DatabaseAddress newDatabase() {
        return newDatabase("template1");
    }

    /// The address of a new database with the schema of a new installation: a copy, since to migrate one takes longer.
    public static DatabaseAddress newMigratedDatabase() {
        return newDatabase(Migrated.NAME);
    }

    private static final class Migrated {
        static final String NAME = migrated();

        private static String migrated() {
            var database = newDatabase();
            Migrations.of(DatabaseRoles.embedded(database), Duration.ofSeconds(30))
                    .run();
            return database.database();
        }
    }

    private static DatabaseAddress newDatabase(String template) {
        var name = "test" + COUNT.incrementAndGet();
        var server = POSTGRES.address();
        execute(server, "create database " + name + " template " + template);
        return new DatabaseAddress(
                server.host(), server.port(), name, server.user(), server.password(), server.sslMode());
    }

    /// What `ROSTER_DATABASE_URL` takes for it.
    public static String url(DatabaseAddress address) {
        return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
                .formatted(
                        address.user(), address.password().value(), address.host(), address.port(), address.database());
    }

    /// Lets nobody into a database any more, as if it were away, or in again.
    public static void allowConnections(DatabaseAddress address, boolean allowed) {
        try (var connection = connect(POSTGRES.address());
                var statement = connection.createStatement()) {
            statement.execute("alter database " + address.database() + " allow_connections " + allowed);
            if (!allowed) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                        + address.database() + "'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same as `ROSTER_DATABASE_URL` has it.
    public static String newUrl() {
        var address = newDatabase();
        return "postgresql://" + address.user() + ":" + address.password().value() + "@" + address.host() + ":"
                + address.port() + "/" + address.database();
    }

    /// A connection beside the server's own, for tests that look into the tables.
    public static Connection connect(DatabaseAddress address) throws SQLException {
        return IdleConnections.connect(address);
    }

    /// The first column of a query's first row, as text.
    public static String value(DatabaseAddress address, String sql, Object... parameters) {
        return with(address, sql, parameters, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        });
    }

    /// Runs a statement.
    public static void execute(DatabaseAddress address, String sql, Object... parameters) {
        with(address, sql, parameters, PreparedStatement::execute);
    }

    @FunctionalInterface
    private interface Run<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private static <T> T with(DatabaseAddress address, String sql, Object[] parameters, Run<T> run) {
        try {
            return IdleConnections.with(address, connection -> {
                try (var statement = connection.prepareStatement(sql)) {
                    for (int at = 0; at < parameters.length; at++) {
                        statement.setObject(
                                at + 1,
                                parameters[at] instanceof String[] words
                                        ? connection.createArrayOf("text", words)
                                        : parameters[at]);
                    }
                    return run.run(statement);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
