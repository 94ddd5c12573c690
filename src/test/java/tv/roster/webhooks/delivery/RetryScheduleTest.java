package tv.roster.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 30", "3, 120", "4, 600", "5, 1800", "6, 3600", "7, 7200", "8, 7200", "500, 7200"})
    void waitsGrowToTwoHoursWithJitter(int failures, long seconds) {
        long usual = Duration.ofSeconds(seconds).toMillis();
        assertThat(RetrySchedule.waitAfter(failures, null, NOW)).isBetween(usual, usual + usual / 5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3600                           | 3600
            Sat, 31 Jan 2026 13:00:00 GMT  | 3600
            999999999                      | 259200
            Fri, 30 Jan 2026 12:00:00 GMT  | 5
            1                              | 5
            -1                             | 5
            soon                           | 5
            99999999999999999999           | 5
            """)
    void retryAfterIsHonouredUpToThreeDays(String header, long seconds) {
        long wait = Duration.ofSeconds(seconds).toMillis();
        assertThat(RetrySchedule.waitAfter(1, header, NOW)).isBetween(wait, wait + 1000);
    }

    @Test
    void patienceIsThreeDays() {
        assertThat(RetrySchedule.PATIENCE).isEqualTo(Duration.ofDays(3));
    }
}
