package tv.roster.platform.database.session;

/// PostgreSQL, embedded or not, cannot be used; the message is one line for the operator.
public final class PostgresFailure extends RuntimeException {
    public PostgresFailure(String line) {
        super(line);
    }

    public PostgresFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
