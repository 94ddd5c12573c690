package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;

/// The schema that a database has, for commands that use it and never change it.
public final class InstalledSchema {
    /// Where the search path of this role finds it.
    private static final String SCHEMA = """
            select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.oid = to_regclass('flyway_schema_history')""";

    private InstalledSchema() {}

    /// Waits for the database as a start does, and checks that it has the schema of this version. Returns its last
    /// migration, such as `010`.
    ///
    /// @param setting where the operator specified the address
    /// @throws PostgresFailure with one line for the operator
    public static String demand(DatabaseAddress address, String setting, Duration patience) {
        var first = new FirstContact(address, setting).await(patience);
        try (var source = new JdbcSource(address, first)) {
            var schema = schema(first);
            if (schema == null) {
                throw new PostgresFailure("There is no installation in the database " + Migrations.place(address)
                        + ", at least none that " + address.user() + " can see. Correct " + setting
                        + ", or start the server first.");
            }
            return check(source, address, schema);
        } catch (SQLException failure) {
            throw unreadable(address, SqlWords.of(failure), failure);
        } catch (FlywayException failure) {
            throw unreadable(address, Migrations.inOneLine(failure.getMessage()), failure);
        }
    }

    private static @Nullable String schema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(SCHEMA)) {
            return row.next() ? row.getString("nspname") : null;
        }
    }

    private static String check(JdbcSource source, DatabaseAddress address, String schema) {
        var history = Migrations.flyway(source).defaultSchema(schema).load().info();
        NewerSchema.of(history).filter(newer -> !newer.admitsThisServer()).ifPresent(newer -> {
            throw new PostgresFailure("The database " + Migrations.place(address) + " " + newer.refusal()
                    + ". Use the command of a newer version.");
        });
        if (history.pending().length > 0) {
            throw new PostgresFailure("The database " + Migrations.place(address)
                    + " has the schema of an older Roster: use the command of that version, or start the server of"
                    + " this one first, which brings the schema up to date.");
        }
        return history.current().getVersion().getVersion();
    }

    private static PostgresFailure unreadable(DatabaseAddress address, String reason, Exception cause) {
        return new PostgresFailure(
                "The schema of the database " + Migrations.place(address) + " cannot be read: " + reason, cause);
    }
}
