package tv.roster.access;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;

/// All tenants and keys in force, in memory. Compared with the database four times a second, so that a change is
/// in force on every node within one second. While the database is unavailable, the last known state remains in
/// force.
public final class Directory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final DirectoryTable table;
    private final RepeatedTask polling =
            new RepeatedTask("directory", this::refresh, LOG, "Tenants and keys could not be read again");
    private volatile DirectoryTable.Snapshot snapshot;
    private volatile long compared = System.nanoTime();

    public Directory(DirectoryTable table) {
        this.table = table;
        this.snapshot = table.read();
        polling.every(PAUSE);
    }

    @Nullable
    KnownKey key(String prefix) {
        return snapshot.keys().get(prefix);
    }

    /// The name of a key that is in force.
    public Optional<String> nameOf(ApiKeyId id) {
        return snapshot.keys().values().stream()
                .filter(key -> key.id().equals(id))
                .map(KnownKey::name)
                .findFirst();
    }

    /// The tenants, in the order of their slugs.
    public List<KnownTenant> tenants() {
        return snapshot.tenants().values().stream()
                .sorted(Comparator.comparing(KnownTenant::slug))
                .toList();
    }

    /// The tenant with this id, if it exists.
    public Optional<KnownTenant> tenant(TenantId id) {
        return Optional.ofNullable(snapshot.tenants().get(id));
    }

    /// How long the events of a tenant are kept.
    public Duration eventRetention(TenantId id) {
        var settings = tenant(id).map(KnownTenant::settings).orElse(TenantSettings.DEFAULT);
        return Duration.ofDays(settings.eventRetentionDays());
    }

    /// Reads again now if anything has changed. Synchronized, since otherwise an older state could replace a newer
    /// one.
    public synchronized void refresh() {
        long begun = System.nanoTime();
        if (table.version() != snapshot.version()) {
            read();
        }
        compared = begun;
    }

    /// How many seconds ago the state in memory was that of the database.
    public double ageSeconds() {
        return (System.nanoTime() - compared) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /// The number of keys in force.
    public int keys() {
        return snapshot.keys().size();
    }

    /// Reads again after a change has been made, so that it is in force here before it is reported. If that is not
    /// possible now, the change is made nevertheless, and is in force here after the next reading.
    public void changed() {
        polling.run();
    }

    /// Synchronized, so that an older state never replaces a newer one.
    private synchronized void read() {
        var latest = table.read();
        if (latest.version() >= snapshot.version()) {
            snapshot = latest;
        }
    }

    @Override
    public void close() {
        polling.close();
    }
}
