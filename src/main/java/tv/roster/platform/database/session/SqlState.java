package tv.roster.platform.database.session;

import io.vertx.pgclient.PgException;

/// The meaning of PostgreSQL's error codes (appendix A of its manual), as far as they are handled differently.
public enum SqlState {
    /// A unique index was violated.
    UNIQUE_VIOLATION,
    /// Another transaction held a row for longer than this one waits.
    LOCK_NOT_AVAILABLE,
    /// A serialization failure, a deadlock, or a row deleted concurrently: another attempt may succeed, or find
    /// that the row no longer exists.
    CONFLICT,
    /// The statement exceeded its time limit.
    TIMED_OUT,
    /// The session, and those opened with it, cannot be used any more; a new one may work.
    SESSION_OVER,
    /// The state of a transaction did not allow it, so only its connection is affected.
    TRANSACTION_OVER,
    /// PostgreSQL cannot carry it out now.
    UNAVAILABLE,
    /// PostgreSQL itself does not know whether it has been done.
    OUTCOME_UNKNOWN,
    /// An error in Roster.
    FAULT;

    /// The meaning of a statement's failure.
    public static SqlState of(Throwable cause) {
        return cause instanceof PgException refusal ? of(String.valueOf(refusal.getSqlState())) : UNAVAILABLE;
    }

    public static SqlState of(String code) {
        return switch (code) {
            case "23505" -> UNIQUE_VIOLATION;
            case "55P03" -> LOCK_NOT_AVAILABLE;
            case "40001", "40P01", "23503" -> CONFLICT;
            case "57014" -> TIMED_OUT;
            case "40003" -> OUTCOME_UNKNOWN;
            // Read-only; ended by an operator, a crash, a restart, a lease; unknown prepared statement.
            case "25006", "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04", "26000" -> SESSION_OVER;
            case "25P02", "3B001", "25001", "25P01", "0A000" -> TRANSACTION_OVER;
            case "42501" -> UNAVAILABLE;
            default -> ofClass(code.substring(0, Math.min(2, code.length())));
        };
    }

    private static SqlState ofClass(String group) {
        return switch (group) {
            case "08" -> SESSION_OVER;
            // Authorization, transactions, resources, operators, the system, its configuration, internal errors.
            case "28", "3D", "40", "53", "54", "55", "57", "58", "F0", "XX" -> UNAVAILABLE;
            default -> FAULT;
        };
    }

    /// Whether no existing session should get more work.
    boolean endsSessions() {
        return this == SESSION_OVER;
    }

    /// Whether the statement may succeed on another connection.
    boolean mayTryAgain() {
        return this == CONFLICT || this == SESSION_OVER || this == TRANSACTION_OVER;
    }
}
