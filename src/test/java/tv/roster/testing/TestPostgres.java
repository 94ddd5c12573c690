package tv.roster.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import tv.roster.database.DatabaseAddress;
import tv.roster.database.EmbeddedPostgres;

/// The one PostgreSQL of this test run; each server gets a database of its own in it.
public final class TestPostgres {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private TestPostgres() {}

    private static EmbeddedPostgres start() {
        var folder =
                Path.of("target", "test-postgres-" + ProcessHandle.current().pid());
        var postgres = EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.FOR_TESTS);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }

    /// The address of a new, empty database.
    public static DatabaseAddress newDatabase() {
        var name = "test" + COUNT.incrementAndGet();
        var server = POSTGRES.address();
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            // The folder may be that of an earlier run whose process had the same id.
            statement.execute("drop database if exists " + name + " with (force)");
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseAddress(
                server.host(), server.port(), name, server.user(), server.password(), server.sslMode());
    }

    /// A connection beside the server's own, for tests that look into the tables.
    public static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }
}
