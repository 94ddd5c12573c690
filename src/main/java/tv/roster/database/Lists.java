package tv.roster.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lists have connections of their own, few of them for one owner, and a short time: whatever one tenant looks for, the
/// calls of the others do not wait for it.
final class Lists {
    /// How long one list may take PostgreSQL.
    static final int STATEMENT_TIMEOUT_MS = 3_000;

    /// Connections for lists.
    static final int AT_ONCE = 4;

    private static final int AT_ONCE_FOR_AN_OWNER = 2;
    private static final int PATIENCE_SECONDS = 5;

    private final Map<UUID, Semaphore> owners = new ConcurrentHashMap<>();

    /// Runs a list when its owner's turn comes.
    <T> T run(UUID owner, Supplier<T> list) {
        var places = owners.computeIfAbsent(owner, one -> new Semaphore(AT_ONCE_FOR_AN_OWNER, true));
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Failures.unavailable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.unavailable();
        }
        try {
            return list.get();
        } finally {
            places.release();
        }
    }

    /// Statements that only read, one by one.
    record Reading(Function<String, Function<@Nullable Object[], RowSet<Row>>> send) implements Statements {
        @Override
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            return send.apply(sql).apply(parameters);
        }

        @Override
        public <T> T inTransaction(Function<Statements, T> work) {
            throw new UnsupportedOperationException("Only reads run here");
        }

        @Override
        public <T> T attempt(Function<Statements, T> work) {
            return work.apply(this);
        }
    }
}
