package tv.roster.platform.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where statements run: on their own, or inside a transaction.
public interface Statements {
    /// Runs one prepared statement that may change something, and waits for its rows. Refuses with `503` while the
    /// database is away; throws
    /// [UniqueViolation] where a unique index says no.
    RowSet<Row> query(String sql, @Nullable Object... parameters);

    /// Runs one prepared statement that only reads, and waits for its rows.
    default RowSet<Row> read(String sql, @Nullable Object... parameters) {
        return query(sql, parameters);
    }

    /// Runs `work` whole or not at all, whatever it throws: in a transaction of its own, or under a savepoint of the
    /// one that is open. May be run again when PostgreSQL asks for it, so `work` must do nothing but statements.
    <T> T inTransaction(Function<Statements, T> work);

    /// Runs `work`, a single statement that may fail, so that a transaction that is open outlives the failure.
    <T> T attempt(Function<Statements, T> work);

    /// The only row, if there is one.
    default Optional<Row> first(String sql, @Nullable Object... parameters) {
        return only(query(sql, parameters));
    }

    /// The only row of a statement that only reads, if there is one.
    default Optional<Row> find(String sql, @Nullable Object... parameters) {
        return only(read(sql, parameters));
    }

    /// Like [#find], for a quick statement that only reads one row by a unique key. Such statements share their way
    /// where they come together.
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
