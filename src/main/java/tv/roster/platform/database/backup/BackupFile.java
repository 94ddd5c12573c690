package tv.roster.platform.database.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.secrets.Sha256;

/// Reads a backup from its first to its last byte, in constant memory, and rejects one that is damaged, incomplete or
/// changed.
public final class BackupFile {
    /// Far more than a manifest of this schema has.
    private static final int LONGEST_JSON = 1 << 20;

    private final ZipInputStream zip;
    private final Manifest manifest;

    /// Reads the beginning; the rest follows from the same stream.
    ///
    /// @throws UnusableBackup if this is not a backup
    public BackupFile(InputStream in) {
        this.zip = new ZipInputStream(in);
        try {
            var first = zip.getNextEntry();
            if (first == null || !first.getName().equals(Manifest.ENTRY)) {
                throw new UnusableBackup("This is not a backup that ./roster backup has written.");
            }
            this.manifest = Manifest.read(json());
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /// Takes the rows of a table from a stream; returns their number.
    interface Rows {
        long take(Table table, InputStream rows) throws IOException, SQLException;
    }

    /// Reads all of it, without a database.
    public List<Counted> check() {
        try {
            return read((table, rows) -> lines(rows));
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    List<Counted> read(Rows taker) throws SQLException {
        try {
            var counted = new ArrayList<Counted>();
            for (var table : manifest.tables()) {
                counted.add(read(table, taker));
            }
            demand(zip.getNextEntry(), Manifest.END_ENTRY);
            var end = Manifest.readEnd(json());
            if (!end.equals(counted)) {
                throw new UnusableBackup(
                        "The backup is damaged, or was changed: its rows are not those that its end" + " lists.");
            }
            return counted;
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private Counted read(Table table, Rows taker) throws IOException, SQLException {
        demand(zip.getNextEntry(), Manifest.entry(table.name()));
        var digest = Sha256.begin();
        var rows = new DigestInputStream(zip, digest);
        long number = taker.take(table, rows);
        rows.transferTo(OutputStream.nullOutputStream());
        return new Counted(table.name(), number, HexFormat.of().formatHex(digest.digest()));
    }

    /// PostgreSQL's text format has one line a row.
    private static long lines(InputStream rows) throws IOException {
        var buffer = new byte[1 << 16];
        long lines = 0;
        for (int length = rows.read(buffer); length >= 0; length = rows.read(buffer)) {
            for (int at = 0; at < length; at++) {
                if (buffer[at] == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }

    private static void demand(@Nullable ZipEntry entry, String name) {
        if (entry == null || !entry.getName().equals(name)) {
            throw new UnusableBackup("The backup is not complete, or was changed: its entry " + name + " is missing.");
        }
    }

    private byte[] json() throws IOException {
        byte[] bytes = zip.readNBytes(LONGEST_JSON + 1);
        if (bytes.length > LONGEST_JSON) {
            throw new UnusableBackup("This is not a backup that ./roster backup has written.");
        }
        return bytes;
    }

    private static UnusableBackup unreadable(IOException failure) {
        return new UnusableBackup(
                "The backup cannot be read to its end; it is damaged or not complete: " + failure.getMessage(),
                failure);
    }
}
