package tv.roster.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
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
        var name = "test" + COUNT.incrementAndGet();
        var server = POSTGRES.address();
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }

    /// The first column of a query's first row, as text.
    public static String value(DatabaseAddress address, String sql, Object... parameters) {
        try (var connection = connect(address);
                var statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < parameters.length; at++) {
                statement.setObject(at + 1, parameters[at]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
