package tv.roster.platform.database.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.EarlierSchema;
import tv.roster.platform.database.schema.FirstContact;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.database.schema.SqlWords;
import tv.roster.platform.database.session.PostgresFailure;

/// Puts the rows of a backup into the empty tables of a database, all of them or none.
public final class Restore {
    private static final String INSTALLATION = "select to_regclass('installation')";
    private static final String INSTALLED = "select exists (select from installation)";

    /// What rows are copied faster without, and is checked as a whole when it is created again: the statements that
    /// drop each index that belongs to no constraint, and create it.
    private static final String INDEXES = """
            select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
              from pg_index i
              join pg_class c on c.oid = i.indrelid
              join pg_class h on h.oid = to_regclass('flyway_schema_history')
             where c.relnamespace = h.relnamespace and c.oid <> h.oid and c.relkind in ('r', 'p')
               and not c.relispartition
               and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
             order by 1""";

    private static final String FOREIGN_KEYS = """
            select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname),
                format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname,
                    pg_get_constraintdef(k.oid))
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid
              join pg_class h on h.oid = to_regclass('flyway_schema_history')
             where k.contype = 'f' and c.relnamespace = h.relnamespace and not c.relispartition
             order by 1""";

    private final Connection connection;

    private Restore(Connection connection) {
        this.connection = connection;
    }

    /// What one statement removes and another makes again.
    private record Removable(String remove, String restore) {}

    /// Creates the schema of the backup in an empty database, copies all rows, and brings the schema up to date.
    ///
    /// @throws PostgresFailure if the database fails, or has an installation already, which the rows of the backup
    ///     would be mixed with; [UnusableBackup] if the backup is damaged or does not fit
    public static List<Counted> into(DatabaseRoles roles, Duration patience, BackupFile file) {
        var owner =
                new FirstContact(roles.owner(), roles.areTwo() ? "ROSTER_DATABASE_OWNER_URL" : "ROSTER_DATABASE_URL");
        try (var connection = owner.await(patience)) {
            var restore = new Restore(connection);
            restore.refuseInstallation();
            EarlierSchema.create(
                    roles.owner(), owner.await(patience), file.manifest().schema());
            var counted = restore.copy(file);
            Migrations.of(roles, patience).run();
            restore.execute("analyze");
            return counted;
        } catch (SQLException failure) {
            throw new PostgresFailure("The backup could not be restored: " + SqlWords.of(failure), failure);
        }
    }

    private void refuseInstallation() throws SQLException {
        if (value(INSTALLATION) != null && "t".equals(value(INSTALLED))) {
            throw new PostgresFailure("There is an installation already: restore into an empty folder (ROSTER_DATA) or"
                    + " an empty database (ROSTER_DATABASE_URL).");
        }
    }

    private List<Counted> copy(BackupFile file) throws SQLException {
        connection.setAutoCommit(false);
        refuseInstallation();
        if (!Table.all(connection).equals(file.manifest().tables())) {
            throw new UnusableBackup("The tables of the backup are not those of its schema, "
                    + file.manifest().schema() + ": it was changed.");
        }
        var removed = new ArrayList<>(removable(FOREIGN_KEYS));
        removed.addAll(removable(INDEXES));
        for (var one : removed) {
            execute(one.remove());
        }
        var counted = file.read((table, rows) ->
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyIn(), rows));
        for (var one : removed.reversed()) {
            execute(one.restore());
        }
        connection.commit();
        connection.setAutoCommit(true);
        return counted;
    }

    private @Nullable String value(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private List<Removable> removable(String query) throws SQLException {
        var all = new ArrayList<Removable>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.add(new Removable(rows.getString(1), rows.getString(2)));
            }
        }
        return all;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
