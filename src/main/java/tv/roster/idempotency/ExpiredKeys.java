package tv.roster.idempotency;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.Database;

/// Clears idempotency keys away when their 24 hours are over. Any node may do it; none has to.
public final class ExpiredKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredKeys.class);
    private static final long EVERY_MINUTES = 5;
    private static final int BATCH = 1000;

    private final Database database;
    private final InstantSource clock;
    private final ScheduledExecutorService cleaner = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("expired-keys").factory());

    public ExpiredKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        var _ = cleaner.scheduleWithFixedDelay(this::clear, 1, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    /// Deletes all keys that have expired, a thousand at a time, so that no statement holds its locks for long.
    public void clear() {
        try {
            int cleared = BATCH;
            while (cleared == BATCH) {
                cleared = IdempotencyTable.clear(database, clock.instant().getEpochSecond());
            }
        } catch (RuntimeException e) {
            LOG.warn("Expired idempotency keys could not be cleared: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        cleaner.shutdownNow();
    }
}
