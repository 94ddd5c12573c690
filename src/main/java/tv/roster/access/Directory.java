package tv.roster.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;

/// All tenants and keys that are in force, in memory. Compared with the database four times a second, so that a change
/// is in force on every node within one second; a notification from the database is only a hint to look sooner. While
/// the database is away the last state stays.
public final class Directory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final DirectoryTable table;
    private final RepeatedTask polling =
            new RepeatedTask("directory", this::refresh, LOG, "Tenants and keys could not be read again");
    private volatile DirectoryTable.Snapshot snapshot;

    public Directory(DirectoryTable table) {
        this.table = table;
        this.snapshot = table.read();
        polling.every(PAUSE);
    }

    @Nullable
    KnownKey key(String prefix) {
        return snapshot.keys().get(prefix);
    }

    /// Reads again now, if anything has changed. One at a time, or an older state could be put over a newer one.
    public synchronized void refresh() {
        if (table.version() != snapshot.version()) {
            read();
        }
    }

    /// Reads again after a change that is made, so that it is in force here before it is reported. If that is not
    /// possible now, the change is made all the same, and comes into force here with the next reading.
    public void changed() {
        polling.run();
    }

    /// An older reading never replaces a newer one, whoever reads.
    private synchronized void read() {
        var latest = table.read();
        if (latest.version() >= snapshot.version()) {
            snapshot = latest;
        }
    }

    /// Says that something may have changed: reads again soon instead of at the next look.
    public void hint() {
        polling.soon();
    }

    @Override
    public void close() {
        polling.close();
    }
}
