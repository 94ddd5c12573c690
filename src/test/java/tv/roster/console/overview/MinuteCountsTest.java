package tv.roster.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.console.overview.MinuteCounts.Outcome;

class MinuteCountsTest {
    private static final long MINUTE = 29_404_800;

    private final MinuteCounts counts = new MinuteCounts();

    @ParameterizedTest
    @CsvSource({"101, DONE", "200, DONE", "304, DONE", "400, REJECTED", "499, REJECTED", "500, FAILED", "503, FAILED"})
    void aStatusIsAnOutcome(int status, Outcome outcome) {
        assertThat(Outcome.of(status)).isEqualTo(outcome);
    }

    @Test
    void eachMinuteAndOutcomeIsCountedByItself() {
        counts.count(MINUTE, Outcome.DONE);
        counts.count(MINUTE, Outcome.DONE);
        counts.count(MINUTE, Outcome.FAILED);
        counts.count(MINUTE + 1, Outcome.DONE);
        assertThat(counts.of(MINUTE, Outcome.DONE)).isEqualTo(2);
        assertThat(counts.of(MINUTE, Outcome.REJECTED)).isZero();
        assertThat(counts.of(MINUTE, Outcome.FAILED)).isEqualTo(1);
        assertThat(counts.of(MINUTE + 1, Outcome.DONE)).isEqualTo(1);
    }

    @Test
    void aMinuteIsForgottenAfterAnHour() {
        counts.count(MINUTE, Outcome.DONE);
        assertThat(counts.of(MINUTE + MinuteCounts.MINUTES, Outcome.DONE)).isZero();
        counts.count(MINUTE + MinuteCounts.MINUTES, Outcome.DONE);
        assertThat(counts.of(MINUTE + MinuteCounts.MINUTES, Outcome.DONE)).isEqualTo(1);
        assertThat(counts.of(MINUTE, Outcome.DONE)).isZero();
    }

    @Test
    void nothingIsLostIfManyCountAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(threads.submit(() -> {
                    for (int times = 0; times < 50_000; times++) {
                        counts.count(MINUTE, Outcome.DONE);
                    }
                }));
            }
            for (var one : all) {
                one.get();
            }
        }
        assertThat(counts.of(MINUTE, Outcome.DONE)).isEqualTo(200_000);
    }
}
