package tv.roster.platform.background;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.problems.Refusal;

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
    private final Map<String, Sweep<S>> sweeps;
    private final Map<String, LongAdder> deleted;
    private final LongAdder failures = new LongAdder();
    private final RepeatedTask sweeping =
            new RepeatedTask("sweeper", this::sweep, LOG, "Expired rows could not be deleted");

    /// Deletes at most `limit` rows that have expired at `now` (epoch seconds), and returns their number.
    @FunctionalInterface
    public interface Sweep<S> {
        int delete(S statements, long now, int limit);
    }

    /// `sweeps` are done in their order; their names say what they delete, for those who count it.
    public Sweeper(S database, InstantSource clock, SequencedMap<String, Sweep<S>> sweeps) {
        this.database = database;
        this.clock = clock;
        this.sweeps = Collections.unmodifiableMap(new LinkedHashMap<>(sweeps));
        this.deleted = sweeps.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> new LongAdder()));
        sweeping.every(FIRST, PAUSE);
    }

    /// Deletes all expired rows, a thousand at a time, so that no statement holds its locks for long.
    public void sweep() {
        long now = clock.instant().getEpochSecond();
        sweeps.forEach((name, sweep) -> {
            try {
                int rows = BATCH;
                while (rows == BATCH) {
                    rows = sweep.delete(database, now, BATCH);
                    Objects.requireNonNull(deleted.get(name)).add(rows);
                }
            } catch (Refusal away) {
                failures.increment();
            } catch (RuntimeException e) {
                failures.increment();
                // The other sweeps may still succeed.
                LOG.warn("Expired rows could not be deleted: {}", e.getMessage());
            }
        });
    }

    /// How many rows each sweep has deleted since the start.
    public Map<String, LongAdder> deleted() {
        return deleted;
    }

    /// How many sweeps have failed since the start.
    public long failures() {
        return failures.sum();
    }

    @Override
    public void close() {
        sweeping.close();
    }
}
