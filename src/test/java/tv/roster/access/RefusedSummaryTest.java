package tv.roster.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.roster.platform.problems.ErrorCode;

class RefusedSummaryTest {
    private final RefusedSummary summary = new RefusedSummary();

    private void count(ErrorCode code, int times) {
        for (int i = 0; i < times; i++) {
            summary.count(code);
        }
    }

    @Test
    void theFirstIsToldAtOnceTheOthersOnceAMinute() {
        count(ErrorCode.UNAUTHORIZED, 1);
        assertThat(summary.due(1_000))
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("Rejected calls: 1 with a key that is not in force; "));

        count(ErrorCode.UNAUTHORIZED, 1_204);
        count(ErrorCode.INSUFFICIENT_SCOPE, 3);
        assertThat(summary.due(1_059)).isEmpty();
        assertThat(summary.due(1_060))
                .hasValueSatisfying(line ->
                        assertThat(line).contains(" 1,204 with a key that is not in force, 3 without the scope;"));
    }

    @Test
    void nothingIsSaidWhileNothingIsRejected() {
        assertThat(summary.due(1_000)).isEmpty();
        count(ErrorCode.IP_NOT_ALLOWED, 1);
        assertThat(summary.due(1_002)).isPresent();
        assertThat(summary.due(2_000)).isEmpty();
    }
}
