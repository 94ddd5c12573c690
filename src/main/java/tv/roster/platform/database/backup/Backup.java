package tv.roster.platform.database.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import tv.roster.platform.database.schema.FirstContact;
import tv.roster.platform.database.schema.InstalledSchema;
import tv.roster.platform.database.schema.SqlWords;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.secrets.Sha256;

/// Writes a backup: a ZIP archive with the rows of each table as `copy … to stdout` gives them, all of one snapshot,
/// while the server continues to serve.
public final class Backup {
    /// A faster reader of the tables matters more than a smaller file: see docs/backup.md.
    private static final int LEVEL = Deflater.BEST_SPEED;

    private final Connection connection;
    private final String release;
    private final String schema;

    Backup(Connection connection, String release, String schema) {
        this.connection = connection;
        this.release = release;
        this.schema = schema;
    }

    /// Writes everything, in constant memory, and leaves the stream open.
    ///
    /// @param address the installation's database, as the owner of its tables
    /// @param setting where the operator specified it
    /// @param release the running Roster
    /// @throws PostgresFailure if the database fails; [UnusableBackup] if the stream does
    public static List<Counted> write(
            DatabaseAddress address, String setting, Duration patience, String release, OutputStream out) {
        var schema = InstalledSchema.demand(address, setting, patience);
        try (var connection = new FirstContact(address, setting).await(patience)) {
            return new Backup(connection, release, schema).write(out);
        } catch (SQLException failure) {
            throw new PostgresFailure("The backup could not be completed: " + SqlWords.of(failure), failure);
        }
    }

    List<Counted> write(OutputStream out) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            var zip = new ZipOutputStream(out);
            zip.setLevel(LEVEL);
            var counted = write(zip);
            zip.finish();
            connection.rollback();
            return counted;
        } catch (IOException failure) {
            throw new UnusableBackup("The backup cannot be written: " + failure.getMessage(), failure);
        }
    }

    private List<Counted> write(ZipOutputStream zip) throws SQLException, IOException {
        var tables = Table.all(connection);
        put(zip, Manifest.ENTRY, new Manifest(release, schema, Instant.now(), tables).json());
        var counted = new ArrayList<Counted>();
        for (var table : tables) {
            counted.add(write(zip, table));
        }
        put(zip, Manifest.END_ENTRY, Manifest.end(counted));
        return counted;
    }

    private Counted write(ZipOutputStream zip, Table table) throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(Manifest.entry(table.name())));
        var digest = Sha256.begin();
        long rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(table.copyOut(), new DigestOutputStream(zip, digest));
        zip.closeEntry();
        return new Counted(table.name(), rows, HexFormat.of().formatHex(digest.digest()));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
