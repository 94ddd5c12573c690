package tv.roster.imports;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.timing.Counts;

/// What is counted about imports: the rows that this node has carried out, and the imports of all nodes, which are
/// counted in the database every 15 seconds instead of whenever somebody asks.
public final class ImportFigures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImportFigures.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Statements database;
    private final InstantSource clock;
    private final Counts<Outcome> rows = new Counts<>(Outcome.class);
    private final LongAdder repeated = new LongAdder();
    private final RepeatedTask reading =
            new RepeatedTask("import-figures", this::read, LOG, "The imports could not be counted");
    private volatile ImportQueueTable.Backlog backlog = ImportQueueTable.Backlog.EMPTY;

    /// What became of a row.
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED,
        REJECTED;

        /// The word for it in a label.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ImportFigures(Statements database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    void start() {
        reading.every(FIRST, PAUSE);
    }

    void read() {
        backlog = ImportQueueTable.backlog(database);
    }

    void done(RowCounts counts) {
        rows.add(Outcome.CREATED, counts.created());
        rows.add(Outcome.UPDATED, counts.updated());
        rows.add(Outcome.UNCHANGED, counts.unchanged());
        rows.add(Outcome.REJECTED, counts.rejected());
    }

    void repeated() {
        repeated.increment();
    }

    /// The rows that this node has carried out with this outcome, those of dry runs included.
    public long rows(Outcome outcome) {
        return rows.of(outcome);
    }

    /// How often this node had to carry rows out again, because their users had been changed meanwhile.
    public long repetitions() {
        return repeated.sum();
    }

    /// The imports of all nodes that wait for their turn for the first time.
    public long waiting() {
        return backlog.waiting();
    }

    /// The imports of all nodes that have begun and are not finished.
    public long running() {
        return backlog.running();
    }

    /// For how many seconds the oldest of those that wait has waited; 0 if none does.
    public double oldestSeconds() {
        var oldest = backlog.oldest();
        return oldest == null ? 0 : Math.max(0, clock.instant().getEpochSecond() - oldest);
    }

    @Override
    public void close() {
        reading.close();
    }
}
