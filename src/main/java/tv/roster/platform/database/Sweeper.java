package tv.roster.platform.database;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Clears away rows whose time is over, every five minutes. Any node may do it; none has to.
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long EVERY_MINUTES = 5;
    private static final int BATCH = 1000;

    private final Statements database;
    private final InstantSource clock;
    private final List<Sweep> sweeps;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sweeper").factory());

    /// Deletes at most `limit` rows that are over at `now` (epoch seconds), and tells how many it met.
    @FunctionalInterface
    public interface Sweep {
        int delete(Statements statements, long now, int limit);
    }

    public Sweeper(Statements database, InstantSource clock, List<Sweep> sweeps) {
        this.database = database;
        this.clock = clock;
        this.sweeps = List.copyOf(sweeps);
        var _ = thread.scheduleWithFixedDelay(this::sweep, 1, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    /// Deletes all that is over now, a thousand rows at a time, so that no statement holds its locks for long.
    public void sweep() {
        long now = clock.instant().getEpochSecond();
        for (var sweep : sweeps) {
            try {
                int deleted = BATCH;
                while (deleted == BATCH) {
                    deleted = sweep.delete(database, now, BATCH);
                }
            } catch (RuntimeException e) {
                LOG.warn("What is over could not be cleared away: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
