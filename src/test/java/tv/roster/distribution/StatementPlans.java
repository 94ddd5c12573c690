package tv.roster.distribution;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.testing.TestPostgres;

/// PostgreSQL's plans of statements, on the empty tables of a new installation.
final class StatementPlans implements AutoCloseable {
    private final Connection connection;

    StatementPlans() throws SQLException {
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        // Otherwise the driver would want values for the parameters of what is only explained.
        connection = DriverManager.getConnection(
                address.jdbcUrl() + "&preferQueryMode=simple",
                address.user(),
                address.password().value());
    }

    /// To the same database.
    Connection connection() {
        return connection;
    }

    /// The uppermost node of the plan that a session keeps.
    JsonNode of(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("explain (generic_plan, format json) " + sql)) {
            rows.next();
            return new JsonMapper().readTree(rows.getString(1)).at("/0/Plan");
        } catch (SQLException e) {
            throw new SQLException(sql, e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
