package tv.roster.bench;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tv.roster.platform.sql.Statements;

/// A statement as the server would send it: recorded on its way to the database, not copied by hand.
public record Recorded(String sql, List<Object> parameters) {
    /// The first statement that `call` sends.
    public static Recorded of(Consumer<Statements> call) {
        try {
            call.accept(new Catching());
        } catch (Caught caught) {
            return caught.recorded;
        }
        throw new IllegalStateException("The call sent no statement");
    }

    private static final class Catching implements Statements {
        @Override
        public RowSet<Row> query(String sql, Object... parameters) {
            throw new Caught(new Recorded(sql, Arrays.asList(parameters)));
        }

        @Override
        public <T> T inTransaction(Function<Statements, T> work) {
            return work.apply(this);
        }

        @Override
        public <T> T attempt(Function<Statements, T> work) {
            return work.apply(this);
        }
    }

    private static final class Caught extends RuntimeException {
        private final transient Recorded recorded;

        Caught(Recorded recorded) {
            super("caught", null, false, false);
            this.recorded = recorded;
        }
    }
}
