package tv.roster.database;

/// PostgreSQL, embedded or not, cannot be used; the message is one line for the operator.
public final class PostgresFailure extends RuntimeException {
    PostgresFailure(String line) {
        super(line);
    }

    PostgresFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
