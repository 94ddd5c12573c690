package tv.roster.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// One connection a statement: for tests that ask PostgreSQL itself.
final class PlainJdbc {
    private PlainJdbc() {}

    static Connection open(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }

    static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = open(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = open(address);
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
