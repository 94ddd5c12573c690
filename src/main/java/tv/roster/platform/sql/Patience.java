package tv.roster.platform.sql;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Repeats statements while the database is away or overloaded: for work of many steps, which should not have to begin
/// anew because of a moment. Not inside of a transaction, which does not survive a failure.
///
/// @param limit how long statements are repeated
/// @param pause the time between two attempts
public record Patience(Duration limit, Duration pause) {
    /// Repeats `work` while it is refused because the database is away. Another refusal, or the last one, is thrown.
    public <T> T retry(Supplier<T> work) {
        return retry(work, () -> false);
    }

    /// The same until somebody `gaveUp`.
    public <T> T retry(Supplier<T> work, BooleanSupplier gaveUp) {
        return retry(work, gaveUp, false);
    }

    /// The same for work that does no harm when it is done twice, and is repeated also if its outcome is not known. If
    /// it never succeeds, it may have been done nevertheless: then the refusal that is thrown says so.
    public <T> T retryRepeatable(Supplier<T> work) {
        return retry(work, () -> false, true);
    }

    private <T> T retry(Supplier<T> work, BooleanSupplier gaveUp, boolean repeatable) {
        long end = System.nanoTime() + limit.toNanos();
        Refusal unknown = null;
        while (true) {
            try {
                return work.get();
            } catch (Refusal refusal) {
                if (repeatable && isOf(refusal, ErrorCode.OUTCOME_UNKNOWN)) {
                    unknown = refusal;
                } else if (!isOf(refusal, ErrorCode.UNAVAILABLE)) {
                    throw refusal;
                }
                if (System.nanoTime() > end
                        || gaveUp.getAsBoolean()
                        || Thread.currentThread().isInterrupted()) {
                    throw first(unknown, refusal);
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private static boolean isOf(Refusal refusal, ErrorCode code) {
        return refusal.problems().getFirst().code() == code;
    }

    private static Refusal first(@Nullable Refusal unknown, Refusal last) {
        return unknown == null ? last : unknown;
    }
}
