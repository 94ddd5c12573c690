package tv.roster.installation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.sql.Statements;

/// All generations of the installation's secret that are in force, in memory. Read from the database twice a
/// second, so that every node knows a generation long before any of them seals with it.
public final class InstallationSecrets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstallationSecrets.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// The minimum time between two readings for calls that cannot open a value.
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Database database;
    private final InstantSource clock;
    private final RepeatedTask polling = new RepeatedTask(
            "secrets", this::poll, LOG, "The generations of the installation's secret could not be read again");
    private volatile KeyRing ring = KeyRing.of(List.of(), 0);
    private volatile long asked = System.nanoTime();

    public InstallationSecrets(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        read(database.housekeeping());
        polling.every(PAUSE);
    }

    /// The keys for a use, also after future rotations.
    public Keys keys(KeyUse use) {
        return new Keys() {
            @Override
            public List<byte[]> known() {
                return ring.of(use);
            }

            @Override
            public List<byte[]> latest() {
                if (System.nanoTime() - asked > FRESH_NANOS) {
                    read(database);
                }
                return ring.of(use);
            }

            @Override
            public long lostUntil() {
                return ring.lostUntil();
            }
        };
    }

    /// Takes generations that have just been read or created.
    void know(Generations all) {
        put(all, System.nanoTime());
    }

    /// Holds no lock during the statement, so that no call waits for that of another; of concurrent readings, the
    /// one that began last counts.
    private void read(Statements statements) {
        long started = System.nanoTime();
        put(InstallationSecretsTable.all(statements), started);
    }

    private synchronized void put(Generations all, long started) {
        if (started - asked >= 0) {
            ring = ring.at(all, clock.instant().getEpochSecond());
            asked = started;
        }
    }

    private void poll() {
        read(database.housekeeping());
    }

    /// Deletes the secrets of generations that have ended; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return InstallationSecretsTable.remove(statements, now, limit);
    }

    @Override
    public void close() {
        polling.close();
    }
}
