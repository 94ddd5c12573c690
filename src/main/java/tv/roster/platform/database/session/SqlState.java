package tv.roster.platform.database.session;

import io.vertx.pgclient.PgException;

/// What PostgreSQL means by the code of an error (appendix A of its manual), as far as it makes a difference here.
public enum SqlState {
    /// A unique index says no.
    UNIQUE_VIOLATION,
    /// Another transaction held a row longer than this one was willing to wait.
    LOCK_NOT_AVAILABLE,
    /// Two transactions got in each other's way: the same again may succeed, or find what the other has deleted gone.
    CONFLICT,
    /// It took longer than a statement may.
    TIMED_OUT,
    /// The session, and those that began with it, are of no more use; another may be.
    SESSION_OVER,
    /// A transaction was in no state for it: only its connection is to blame.
    TRANSACTION_OVER,
    /// PostgreSQL cannot do it now.
    UNAVAILABLE,
    /// PostgreSQL does not know itself whether it did it.
    OUTCOME_UNKNOWN,
    /// A fault of ours.
    FAULT;

    /// The meaning of what a statement failed with.
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
            // Read-only; ended by an operator, a crash, a start, a lease; no such prepared statement.
            case "25006", "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04", "26000" -> SESSION_OVER;
            case "25P02", "3B001", "25001", "25P01", "0A000" -> TRANSACTION_OVER;
            case "42501" -> UNAVAILABLE;
            default -> ofClass(code.substring(0, Math.min(2, code.length())));
        };
    }

    private static SqlState ofClass(String group) {
        return switch (group) {
            case "08" -> SESSION_OVER;
            // Who may connect, transactions, resources, operators, the system, its configuration, its own faults.
            case "28", "3D", "40", "53", "54", "55", "57", "58", "F0", "XX" -> UNAVAILABLE;
            default -> FAULT;
        };
    }

    /// Whether no session that is open now should get more work.
    boolean endsSessions() {
        return this == SESSION_OVER;
    }

    /// Whether the same may succeed on another connection.
    boolean mayTryAgain() {
        return this == CONFLICT || this == SESSION_OVER || this == TRANSACTION_OVER;
    }
}
