package tv.roster.webhooks.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tv.roster.webhooks.delivery.ProgressTable.Failure;

/// What happened at an endpoint and is not stored yet. At high rates, only the attempts are stored that will be kept.
final class Journal {
    private static final int FEW = 100;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// After how many stored attempts those that are too many are deleted.
    private static final int TRIM = 250;

    private final Deque<WebhookAttempt> attempts = new ArrayDeque<>();
    private long written = System.nanoTime() - PAUSE_NANOS;
    private int untrimmed = TRIM;
    private @Nullable Long success;
    private @Nullable Failure failure;

    void add(WebhookAttempt attempt, boolean succeeded) {
        attempts.add(attempt);
        if (attempts.size() > WebhookAttempt.KEPT) {
            attempts.removeFirst();
        }
        if (succeeded) {
            success = attempt.time();
        } else {
            failure = new Failure(attempt.time(), attempt.status(), attempt.detail());
        }
    }

    boolean isStored() {
        return attempts.isEmpty() && success == null && failure == null;
    }

    @Nullable
    Long success() {
        return success;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /// The attempts to store now.
    List<WebhookAttempt> due() {
        return attempts.size() < FEW || System.nanoTime() - written > PAUSE_NANOS ? List.copyOf(attempts) : List.of();
    }

    /// Whether so many have been stored that the oldest should be deleted.
    boolean isLong() {
        return untrimmed >= TRIM;
    }

    void stored(List<WebhookAttempt> some, boolean trimmed) {
        success = null;
        failure = null;
        untrimmed = trimmed ? some.size() : untrimmed + some.size();
        if (!some.isEmpty()) {
            attempts.clear();
            written = System.nanoTime();
        }
    }
}
