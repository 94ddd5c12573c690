package tv.roster.platform.database;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.timing.Counts;
import tv.roster.platform.timing.Durations;

/// What is counted about the connections of one purpose, on all event loops together.
public final class LaneFigures {
    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String purpose;
    private final LongAdder most = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final LongAdder inUse = new LongAdder();
    private final LongAdder waiting = new LongAdder();
    private final Counts<Outcome> statements = new Counts<>(Outcome.class);
    private final Durations waits = new Durations(SHORTEST, LONGEST);
    private final Durations uses = new Durations(SHORTEST, LONGEST);

    /// How a statement ended.
    public enum Outcome {
        /// PostgreSQL has run it.
        OK,
        /// PostgreSQL has rejected it, for example because of a constraint, a lock or a conflict.
        REJECTED,
        /// The database or the connection failed, and nothing was done.
        FAILED,
        /// The connection was lost, and it is not known whether it was done.
        UNKNOWN,
        /// It found no place on a connection, and was not sent.
        NOT_SENT;

        static Outcome of(@Nullable Failed failed) {
            if (failed == null) {
                return OK;
            }
            if (failed.outcome() == Failed.Outcome.UNKNOWN) {
                return UNKNOWN;
            }
            return failed.refusal() != null && !failed.isTrouble() ? REJECTED : FAILED;
        }

        /// The word for it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    LaneFigures(Lane lane) {
        purpose = lane.name().toLowerCase(Locale.ROOT);
    }

    void mayOpen(int connections) {
        most.add(connections);
    }

    void opened() {
        open.increment();
    }

    void closed() {
        open.decrement();
    }

    /// A connection that was idle is used.
    void busy() {
        inUse.increment();
    }

    /// A connection is idle again.
    void idle() {
        inUse.decrement();
    }

    void beginsToWait() {
        waiting.increment();
    }

    void waitsNoMore() {
        waiting.decrement();
    }

    /// A job has its place after this time.
    void waited(long nanos) {
        waits.record(nanos);
    }

    /// A job has given its place back after this time.
    void used(long nanos) {
        uses.record(nanos);
    }

    /// Counts statements with the same outcome.
    void done(int number, Outcome outcome) {
        statements.add(outcome, number);
    }

    /// What the connections are for, such as `reading`.
    public String purpose() {
        return purpose;
    }

    /// The maximum number of connections.
    public long most() {
        return most.sum();
    }

    /// The number of open connections.
    public long open() {
        return open.sum();
    }

    /// The number of connections with a statement or a transaction in progress.
    public long inUse() {
        return inUse.sum();
    }

    /// The number of statements and transactions that wait for a place on a connection.
    public long waiting() {
        return waiting.sum();
    }

    /// The number of statements with this outcome since the start.
    public long statements(Outcome outcome) {
        return statements.of(outcome);
    }

    /// How long statements and transactions waited for a place on a connection.
    public Durations waits() {
        return waits;
    }

    /// How long statements and transactions used their places.
    public Durations uses() {
        return uses;
    }
}
