package tv.roster.access;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All tenants and keys that are in force, in memory. Compared with the database four times a second, so that a change
/// is in force on every node within one second; a notification from the database is only a hint to look sooner. While
/// the database is away the last state stays.
public final class Directory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    private static final long POLL_MS = 250;

    private final DirectoryTable table;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("directory").factory());
    private volatile Snapshot snapshot;

    /// What is known: the version it was read at, and the keys by their prefix.
    record Snapshot(long version, Map<String, KnownKey> keys) {}

    public Directory(DirectoryTable table) {
        this.table = table;
        this.snapshot = table.read();
        var _ = poller.scheduleWithFixedDelay(this::poll, POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
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

    /// An older reading never replaces a newer one, whoever reads.
    private synchronized void read() {
        var latest = table.read();
        if (latest.version() >= snapshot.version()) {
            snapshot = latest;
        }
    }

    /// Says that something may have changed: reads again soon instead of at the next look.
    public void hint() {
        try {
            poller.execute(this::poll);
        } catch (RejectedExecutionException e) {
            // It is being closed, and needs no news.
        }
    }

    private void poll() {
        try {
            refresh();
        } catch (RuntimeException e) {
            if (poller.isShutdown()) {
                return;
            }
            LOG.warn("Tenants and keys could not be read again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        poller.shutdownNow();
    }
}
