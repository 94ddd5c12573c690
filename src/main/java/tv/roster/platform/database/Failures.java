package tv.roster.platform.database;

import io.vertx.pgclient.PgException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.SqlState;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.LockNotAvailable;
import tv.roster.platform.sql.TookTooLong;
import tv.roster.platform.sql.UniqueViolation;

/// The meaning of a failed statement: a violated constraint, an unavailable database, or an error in Roster.
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /// How often a statement is attempted after a serialization failure or a deadlock.
    private static final int ATTEMPTS_AT_CONFLICTS = 5;

    /// How often a read is sent if there is no reply.
    private static final int ATTEMPTS_AT_SILENCE = 2;

    /// How often a statement is attempted if its connection fails.
    private static final int ATTEMPTS = 3;

    /// The longest pause before the second attempt of a transaction that lost a conflict, in milliseconds; it doubles
    /// with each attempt. Without it, the transaction would meet the one that it lost to once more, and a deadlock
    /// costs a second each time.
    private static final int PAUSE_MS = 100;

    /// The class of error codes whose messages quote values: `invalid input syntax for type bigint: "..."`.
    private static final String DATA_EXCEPTION = "22";

    private Failures() {}

    /// The operation can be attempted again, up to this number of attempts; then the refusal is thrown.
    static final class Again extends RuntimeException {
        private final int attempts;
        private final int pauseMs;
        private final transient Refusal refusal;

        Again(int attempts, Refusal refusal) {
            this(attempts, 0, refusal);
        }

        private Again(int attempts, int pauseMs, Refusal refusal) {
            super("try again", null, false, false);
            this.attempts = attempts;
            this.pauseMs = pauseMs;
            this.refusal = refusal;
        }

        /// Waits before the next attempt, between half of the longest pause and all of it.
        void pause(int attempt) {
            if (pauseMs == 0) {
                return;
            }
            long longest = (long) pauseMs << (attempt - 1);
            try {
                Thread.sleep(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal;
            }
        }

        int attempts() {
            return attempts;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    static RuntimeException meaning(Failed failed, Lane lane) {
        if (failed.outcome() == Failed.Outcome.UNKNOWN && !lane.onlyReads()) {
            return outcomeUnknown();
        }
        if (failed.late()) {
            // The connection may have been dead for a long time, so one attempt on a new one is worthwhile.
            return failed.outcome() == Failed.Outcome.UNKNOWN
                    ? new Again(ATTEMPTS_AT_SILENCE, unavailable())
                    : unavailable();
        }
        var refusal = failed.refusal();
        if (refusal == null) {
            return isFault(failed.cause())
                    ? new IllegalStateException("A statement was not sent", failed.cause())
                    : new Again(ATTEMPTS, unavailable());
        }
        return switch (SqlState.of(refusal)) {
            case UNIQUE_VIOLATION -> new UniqueViolation(refusal.getConstraint());
            case LOCK_NOT_AVAILABLE -> new LockNotAvailable();
            case CONFLICT -> new Again(ATTEMPTS_AT_CONFLICTS, lane == Lane.TRANSACTIONS ? PAUSE_MS : 0, unavailable());
            case TIMED_OUT -> lane == Lane.LISTS ? new TookTooLong(lane.longestSeconds()) : tookTooLong(lane);
            case SESSION_OVER, TRANSACTION_OVER -> new Again(ATTEMPTS, unavailable());
            case UNAVAILABLE -> unavailable();
            case OUTCOME_UNKNOWN -> outcomeUnknown();
            case FAULT -> fault(String.valueOf(refusal.getSqlState()), refusal);
        };
    }

    /// It will be logged, so that it must not have the message of a data exception, which quotes the value.
    private static IllegalStateException fault(String code, PgException refusal) {
        return code.startsWith(DATA_EXCEPTION)
                ? new IllegalStateException("PostgreSQL says " + code + ", with a message that may quote users' data")
                : new IllegalStateException("PostgreSQL says " + code + ": " + refusal.getErrorMessage(), refusal);
    }

    /// Whether a parameter had the wrong type, so that nothing was sent.
    private static boolean isFault(Throwable cause) {
        return cause instanceof ClassCastException
                || cause instanceof IllegalArgumentException
                || cause instanceof NullPointerException;
    }

    /// Otherwise nothing would say why background work fails again and again.
    private static Refusal tookTooLong(Lane lane) {
        LOG.warn("PostgreSQL cancelled a statement ({}) after {} s", lane.applicationName(), lane.longestSeconds());
        return unavailable();
    }

    static Refusal unavailable() {
        return new Refusal(ErrorCode.UNAVAILABLE, "The database is away or overloaded; nothing was changed.");
    }

    static Refusal outcomeUnknown() {
        return new Refusal(
                ErrorCode.OUTCOME_UNKNOWN,
                "The connection to the database was lost while the change was in progress."
                        + " It was either made or not; it will not be made later.");
    }
}
