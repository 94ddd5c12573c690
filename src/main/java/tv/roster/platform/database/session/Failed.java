package tv.roster.platform.database.session;

import io.vertx.pgclient.PgException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A statement without an answer, or with a bad one, and what is known of its outcome.
///
/// @param cause what PostgreSQL said, or how the connection broke
/// @param late  whether all the time for it has passed
public record Failed(Throwable cause, Outcome outcome, boolean late) {

    /// What became of the statement.
    public enum Outcome {
        /// It never reached PostgreSQL, or PostgreSQL undid it: it is not done and never will be.
        NOTHING,
        /// It may be done.
        UNKNOWN
    }

    /// It was never sent.
    public static Failed unsent(Throwable cause) {
        return new Failed(cause, Outcome.NOTHING, false);
    }

    /// There was no place for it in time. That says nothing about the database.
    public static Failed crowded() {
        return new Failed(new TimeoutException("no connection was free"), Outcome.NOTHING, true);
    }

    /// The same, inside of a transaction that was never committed.
    public Failed undone() {
        return new Failed(cause, Outcome.NOTHING, late);
    }

    /// Whether the database or the way to it is to blame.
    boolean isTrouble() {
        var refusal = refusal();
        if (refusal == null) {
            return outcome == Outcome.UNKNOWN || late;
        }
        return switch (SqlState.of(refusal)) {
            case SESSION_OVER, UNAVAILABLE, OUTCOME_UNKNOWN -> true;
            case UNIQUE_VIOLATION, LOCK_NOT_AVAILABLE, CONFLICT, TIMED_OUT, TRANSACTION_OVER, FAULT -> false;
        };
    }

    /// What PostgreSQL said, if it said anything.
    @Nullable
    public PgException refusal() {
        return cause instanceof PgException refusal ? refusal : null;
    }
}
