package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import tv.roster.platform.database.session.DatabaseAddress;

/// One connection a statement: for tests that ask PostgreSQL itself.
public final class PlainJdbc {
    private PlainJdbc() {}

    public static Connection open(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }

    public static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = open(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static String query(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = open(address);
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
