package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;

/// The schema at one of its versions, for a backup that an earlier Roster has written.
public final class EarlierSchema {
    private EarlierSchema() {}

    /// Brings an empty database to this version, and no further.
    ///
    /// @param owner   an open connection, which is used up
    /// @param version the last migration to run, such as `010`
    /// @throws PostgresFailure with one line for the operator
    public static void create(DatabaseAddress address, Connection owner, String version) {
        try (var source = new JdbcSource(address, owner)) {
            var wanted = MigrationVersion.fromVersion(version);
            var flyway = Migrations.flyway(source).target(wanted).load();
            if (Arrays.stream(flyway.info().all()).noneMatch(known -> wanted.equals(known.getVersion()))) {
                throw new PostgresFailure("The backup needs a Roster with the migration " + version
                        + " of the schema, which this one does not have: use a newer one.");
            }
            flyway.migrate();
            var current = flyway.info().current();
            if (current == null || !wanted.equals(current.getVersion())) {
                throw new PostgresFailure("The database " + Migrations.place(address)
                        + " has the schema of a newer Roster than the backup: restore into an empty database.");
            }
        } catch (FlywayException failure) {
            throw new PostgresFailure(
                    "The schema of the backup cannot be created in the database " + Migrations.place(address) + ": "
                            + Migrations.inOneLine(failure.getMessage()),
                    failure);
        } catch (SQLException gone) {
            throw new PostgresFailure("The database " + Migrations.place(address) + " is gone.", gone);
        }
    }
}
