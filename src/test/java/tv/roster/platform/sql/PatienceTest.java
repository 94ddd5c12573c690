package tv.roster.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

class PatienceTest {
    private static final Patience LONG = new Patience(Duration.ofMinutes(5), Duration.ofMillis(1));

    /// Fails with each of these codes, and then succeeds.
    private static Supplier<String> failing(ErrorCode... codes) {
        Deque<ErrorCode> left = new ArrayDeque<>(List.of(codes));
        return () -> {
            var code = left.poll();
            if (code != null) {
                throw new Refusal(code, "refused");
            }
            return "done";
        };
    }

    private static ErrorCode refusal(Supplier<String> work) {
        var refusal = catchThrowableOfType(Refusal.class, work::get);
        return refusal.problems().getFirst().code();
    }

    @Test
    void workIsRepeatedWhileTheDatabaseIsAway() {
        assertThat(LONG.retry(failing(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE)))
                .isEqualTo("done");
    }

    @Test
    void otherRefusalsAreThrownAtOnce() {
        assertThat(refusal(() -> LONG.retry(failing(ErrorCode.EMAIL_TAKEN)))).isEqualTo(ErrorCode.EMAIL_TAKEN);
        assertThat(refusal(() -> LONG.retry(failing(ErrorCode.OUTCOME_UNKNOWN))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void workThatMayBeDoneTwiceIsRepeatedIfItsOutcomeIsNotKnown() {
        assertThat(LONG.retryRepeatable(failing(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.UNAVAILABLE)))
                .isEqualTo("done");
    }

    /// What was refused must not happen: only work that was certainly not done is refused as unavailable.
    @Test
    void workThatMayHaveBeenDoneIsNeverRefusedAsNotDone() {
        var attempts = new AtomicInteger();
        var patience = new Patience(Duration.ofMillis(20), Duration.ofMillis(1));
        var refused = refusal(() -> patience.retryRepeatable(() -> {
            boolean first = attempts.getAndIncrement() == 0;
            throw new Refusal(first ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNAVAILABLE, "refused");
        }));
        assertThat(refused).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(attempts.get()).isGreaterThan(1);
    }

    @Test
    void nobodyWaitsWhoGaveUp() {
        assertThat(refusal(() -> LONG.retry(failing(ErrorCode.UNAVAILABLE), () -> true)))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
