package tv.roster.database;

/// The embedded PostgreSQL cannot be started; the message is one line for the operator.
public final class PostgresFailure extends RuntimeException {
    PostgresFailure(String line) {
        super(line);
    }

    PostgresFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
