package tv.roster.database;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;

/// What a failed statement means: a broken rule, a database that is away, or a fault of ours.
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";

    private Failures() {}

    /// True for SQLSTATE 40001 and 40P01: the same statement may succeed when it is tried again.
    static boolean isTransient(Throwable failure) {
        return failure instanceof PgException e && ("40001".equals(e.getSqlState()) || "40P01".equals(e.getSqlState()));
    }

    /// The failure of a list.
    static <T> Future<T> tooLong(Throwable failure) {
        return Future.failedFuture(
                failure instanceof PgException e && QUERY_CANCELED.equals(e.getSqlState())
                        ? new TookTooLong()
                        : failure);
    }

    static RuntimeException meaning(Throwable failure) {
        if (failure instanceof PgException e) {
            var state = String.valueOf(e.getSqlState());
            if (state.equals(UNIQUE_VIOLATION)) {
                return new UniqueViolation(e.getConstraint());
            }
            if (state.equals(LOCK_NOT_AVAILABLE)) {
                return new LockNotAvailable();
            }
            if (!isAway(state)) {
                return new IllegalStateException("PostgreSQL says " + state + ": " + e.getErrorMessage(), e);
            }
        }
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof ClassCastException || failure instanceof IllegalArgumentException) {
            return new IllegalStateException("A parameter has the wrong type", failure);
        }
        LOG.warn("The database is away: {}", failure.toString());
        return unavailable();
    }

    /// Connection exceptions, insufficient resources, operator intervention: PostgreSQL, appendix A.
    private static boolean isAway(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("58")
                || state.startsWith("40")
                || state.startsWith("28")
                || state.equals("25006")
                || state.equals(QUERY_CANCELED);
    }

    static Refusal unavailable() {
        return new Refusal(
                List.of(new Problem(ErrorCode.UNAVAILABLE, "The database is away or overloaded.")),
                Map.of("Retry-After", "1"));
    }
}
