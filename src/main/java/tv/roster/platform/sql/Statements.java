package tv.roster.platform.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where statements run: on their own, or inside a transaction.
public interface Statements {
    /// Runs a prepared statement that can change data, and waits for its rows. Throws the `503` while the database
    /// is unavailable, and [UniqueViolation] if a unique index is violated.
    RowSet<Row> query(String sql, @Nullable Object... parameters);

    /// Runs a prepared statement that only reads, and waits for its rows.
    default RowSet<Row> read(String sql, @Nullable Object... parameters) {
        return query(sql, parameters);
    }

    /// Runs `work` completely or not at all, whatever it throws: in a separate transaction, or under a savepoint of
    /// the open one. It may be run again when PostgreSQL requires it, so it must do nothing but run statements.
    <T> T inTransaction(Function<Statements, T> work);

    /// Runs `work`, a single statement that may fail, so that an open transaction survives the failure.
    <T> T attempt(Function<Statements, T> work);

    /// The only row, if there is one.
    default Optional<Row> first(String sql, @Nullable Object... parameters) {
        return only(query(sql, parameters));
    }

    /// The only row of a statement that only reads, if there is one.
    default Optional<Row> find(String sql, @Nullable Object... parameters) {
        return only(read(sql, parameters));
    }

    /// Like [#find], for a fast statement that only reads one row by a unique key. Concurrent statements of this
    /// kind are sent together.
    default Optional<Row> lookUp(String sql, @Nullable Object... parameters) {
        return find(sql, parameters);
    }

    /// Like [#query(String, Object...)], with parameters by name.
    default RowSet<Row> query(Sql.Binding binding) {
        return query(binding.text(), binding.values());
    }

    /// Like [#first(String, Object...)], with parameters by name.
    default Optional<Row> first(Sql.Binding binding) {
        return first(binding.text(), binding.values());
    }

    /// The row of these rows, if there is one.
    static Optional<Row> only(RowSet<Row> rows) {
        var each = rows.iterator();
        return each.hasNext() ? Optional.of(each.next()) : Optional.empty();
    }
}
