package tv.roster.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How a reading of the database's clock goes on, and what a sample makes of it. In microseconds and nanoseconds.
class ClockReadingTest {
    private static final long SECOND = 1_000_000;
    private static final long START = 1_700_000_000 * SECOND;

    /// A sample of half a millisecond's way.
    private static ClockReading sampled(ClockReading reading, long micros, long atNanos) {
        return reading.corrected(micros, atNanos - 250_000, atNanos + 250_000);
    }

    private static ClockReading started() {
        return ClockReading.first(START, -250_000, 250_000);
    }

    private static long seconds(long number) {
        return number * 1_000_000_000;
    }

    @Test
    void betweenSamplesTheMonotonicClockGoesOn() {
        assertThat(started().at(0)).isEqualTo(START);
        assertThat(started().at(seconds(3600))).isEqualTo(START + 3600 * SECOND);
    }

    @Test
    void aSampleThatTheReadingAgreesWithChangesNothing() {
        assertThat(sampled(started(), START + SECOND + 200, seconds(1))).isEqualTo(started());
    }

    @Test
    void aSampleMovesTheTimeNoFartherThanItProves() {
        assertThat(sampled(started(), START + SECOND + 1_000, seconds(1)).at(seconds(1)))
                .isEqualTo(START + SECOND + 1_000 - 251);
    }

    @Test
    void aSampleThatTookLongerThanASecondIsWorthNothing() {
        assertThat(started().corrected(START + 500 * SECOND, seconds(1), seconds(1) + 1_100_000_000))
                .isEqualTo(started());
    }

    @Test
    void theTimeGoesForwardAtOnce() {
        assertThat(sampled(started(), START + 3600 * SECOND, seconds(1)).at(seconds(1)))
                .isEqualTo(START + 3600 * SECOND - 251);
    }

    @Test
    void putBackALittleItStandsStillUntilItIsThereAgain() {
        var reading = sampled(started(), START - SECOND, seconds(1));
        var stand = START + SECOND + 250;
        assertThat(reading.at(seconds(1))).isEqualTo(stand);
        assertThat(reading.at(seconds(2))).isEqualTo(stand);
        assertThat(reading.at(seconds(4))).isEqualTo(START + 2 * SECOND + 251);
    }

    @Test
    void putBackByMuchItGoesBack() {
        var reading = sampled(started(), START - 3600 * SECOND, seconds(1));
        assertThat(reading.at(seconds(1))).isEqualTo(START - 3600 * SECOND + 251);
    }
}
