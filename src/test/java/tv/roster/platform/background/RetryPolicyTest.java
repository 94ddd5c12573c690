package tv.roster.platform.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private final RetryPolicy policy =
            new RetryPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofHours(4), Duration.ofDays(1));

    @ParameterizedTest
    @CsvSource({"1,PT1M", "2,PT2M", "8,PT128M", "9,PT4H", "2147483647,PT4H"})
    void theWaitDoublesUpToTheLongest(int attempts, Duration wait) {
        assertThat(policy.waitAfter(attempts)).isEqualTo(wait);
    }
}
