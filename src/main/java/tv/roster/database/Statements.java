package tv.roster.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where statements run: on their own, or inside a transaction.
public interface Statements {
    /// Runs one prepared statement and waits for its rows. Refuses with `503` while the database is away; throws
    /// [UniqueViolation] where a unique index says no.
    RowSet<Row> query(String sql, @Nullable Object... parameters);

    /// The only row, if there is one.
    default Optional<Row> first(String sql, @Nullable Object... parameters) {
        Iterator<Row> rows = query(sql, parameters).iterator();
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }
}
