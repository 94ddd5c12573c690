package tv.roster.platform.background;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes expired rows every five minutes. Any node may do it.
///
/// @param <S> where the statements run
public final class Sweeper<S> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int BATCH = 1000;

    private final S database;
    private final InstantSource clock;
    private final List<Sweep<S>> sweeps;
    private final RepeatedTask sweeping =
            new RepeatedTask("sweeper", this::sweep, LOG, "Expired rows could not be deleted");

    /// Deletes at most `limit` rows that have expired at `now` (epoch seconds), and returns their number.
    @FunctionalInterface
    public interface Sweep<S> {
        int delete(S statements, long now, int limit);
    }

    public Sweeper(S database, InstantSource clock, List<Sweep<S>> sweeps) {
        this.database = database;
        this.clock = clock;
        this.sweeps = List.copyOf(sweeps);
        sweeping.every(FIRST, PAUSE);
    }

    /// Deletes all expired rows, a thousand at a time, so that no statement holds its locks for long.
    public void sweep() {
        long now = clock.instant().getEpochSecond();
        for (var sweep : sweeps) {
            try {
                int deleted = BATCH;
                while (deleted == BATCH) {
                    deleted = sweep.delete(database, now, BATCH);
                }
            } catch (RuntimeException e) {
                // The other sweeps may still succeed.
                LOG.warn("Expired rows could not be deleted: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        sweeping.close();
    }
}
