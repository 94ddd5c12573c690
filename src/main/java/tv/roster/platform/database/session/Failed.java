package tv.roster.platform.database.session;

import io.vertx.pgclient.PgException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A statement without a successful reply, and what is known about its outcome.
///
/// @param cause PostgreSQL's error, or how the connection was lost
/// @param late  whether its time limit has passed
public record Failed(Throwable cause, Outcome outcome, boolean late) {

    /// The outcome of the statement.
    public enum Outcome {
        /// It never reached PostgreSQL, or PostgreSQL rolled it back: it has not been done and will not be.
        NOTHING,
        /// It may have been done.
        UNKNOWN
    }

    /// It was never sent.
    public static Failed unsent(Throwable cause) {
        return new Failed(cause, Outcome.NOTHING, false);
    }

    /// There was no place for it in time, which says nothing about the database.
    public static Failed crowded() {
        return new Failed(new TimeoutException("no connection was free"), Outcome.NOTHING, true);
    }

    /// The same inside of a transaction that was never committed.
    public Failed undone() {
        return new Failed(cause, Outcome.NOTHING, late);
    }

    /// Whether the cause is the database or the connection to it.
    public boolean isTrouble() {
        var refusal = refusal();
        if (refusal == null) {
            return outcome == Outcome.UNKNOWN || late;
        }
        return switch (SqlState.of(refusal)) {
            case SESSION_OVER, UNAVAILABLE, OUTCOME_UNKNOWN -> true;
            case UNIQUE_VIOLATION, LOCK_NOT_AVAILABLE, CONFLICT, TIMED_OUT, TRANSACTION_OVER, FAULT -> false;
        };
    }

    /// PostgreSQL's error, if it sent one.
    @Nullable
    public PgException refusal() {
        return cause instanceof PgException refusal ? refusal : null;
    }
}
