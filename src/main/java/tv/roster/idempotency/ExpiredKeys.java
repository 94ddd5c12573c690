package tv.roster.idempotency;

import tv.roster.platform.sql.Statements;

/// Idempotency keys older than 24 hours.
public final class ExpiredKeys {
    private ExpiredKeys() {}

    /// Deletes them; for [tv.roster.platform.background.Sweeper].
    public static int sweep(Statements statements, long now, int limit) {
        return IdempotencyTable.clear(statements, now, limit);
    }
}
