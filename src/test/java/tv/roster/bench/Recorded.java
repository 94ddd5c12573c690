package tv.roster.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import tv.roster.database.Statements;

/// A statement as the server would send it: caught on its way to the database, so nothing is retyped.
public record Recorded(String sql, List<Object> parameters) {
    /// The first statement that `call` sends.
    public static Recorded of(Consumer<Statements> call) {
        try {
            call.accept((sql, parameters) -> {
                throw new Caught(new Recorded(sql, Arrays.asList(parameters)));
            });
        } catch (Caught caught) {
            return caught.recorded;
        }
        throw new IllegalStateException("The call sent no statement");
    }

    private static final class Caught extends RuntimeException {
        private final transient Recorded recorded;

        Caught(Recorded recorded) {
            super("caught", null, false, false);
            this.recorded = recorded;
        }
    }
}
