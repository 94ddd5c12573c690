package tv.roster.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a command shows while it waits, second by second.
class ProgressTest {
    private final AtomicLong clock = new AtomicLong(-1);
    private final StringWriter shown = new StringWriter();

    private Progress progress(int columns) {
        return new Progress(new PrintWriter(shown), columns, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private String last() {
        var all = shown.toString();
        return all.substring(all.lastIndexOf("\u001b[K") + 3);
    }

    @Test
    void aTerminalHasABarWithRateTimeLeftAndRejectedRows() {
        var progress = progress(80);
        progress.show("Importing", Unit.ROWS, 0, 1_000_000, "0 rejected");
        assertThat(last()).isEqualTo("Importing [" + "-".repeat(30) + "] 0/1,000,000 rows, 0 rejected");
        pass(Duration.ofSeconds(5));
        progress.show("Importing", Unit.ROWS, 200_000, 1_000_000, "12 rejected");
        assertThat(last()).isEqualTo("Importing [##--------] 200,000/1,000,000 rows, 40,000/s, 20 s left, 12 rejected");
        progress.clear();
        assertThat(shown.toString()).endsWith("\r\u001b[K");
    }

    @Test
    void aNarrowTerminalHasNoBarAndNoSecondLine() {
        var progress = progress(40);
        progress.show("Importing", Unit.ROWS, 500_000, 1_000_000, "1,200 rejected");
        assertThat(last()).isEqualTo("Importing 50% 500,000/1,000,000 rows, 1");
    }

    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        var progress = progress(200);
        for (int second = 0; second <= 20; second++) {
            progress.show("Importing", Unit.ROWS, second < 10 ? 0 : (second - 10) * 100, 2_000, "");
            pass(Duration.ofSeconds(1));
        }
        assertThat(last()).endsWith("1,000/2,000 rows, 100/s, 10 s left");
    }

    @Test
    void anotherPhaseIsMeasuredAnew() {
        var progress = progress(200);
        progress.show("Sending", Unit.BYTES, 0, 12_300_000, "");
        pass(Duration.ofSeconds(1));
        progress.show("Sending", Unit.BYTES, 12_300_000, 12_300_000, "");
        assertThat(last()).isEqualTo("Sending [" + "#".repeat(30) + "] 12.3 MB/12.3 MB, 12.3 MB/s");
        progress.show("Importing", Unit.ROWS, 7, -1, "");
        assertThat(last()).isEqualTo("Importing 7 rows");
    }

    @Test
    void withoutATerminalThereIsALineNowAndThen() {
        var progress = progress(0);
        for (int second = 0; second < 300; second++) {
            progress.show("Importing", Unit.ROWS, second, 1_000, "0 rejected");
            pass(Duration.ofSeconds(1));
        }
        progress.clear();
        assertThat(shown.toString().lines())
                .containsExactly(
                        "Importing: 10/1,000 rows, 1/s, 16 min 30 s left, 0 rejected",
                        "Importing: 20/1,000 rows, 1/s, 16 min 20 s left, 0 rejected",
                        "Importing: 40/1,000 rows, 1/s, 16 min 0 s left, 0 rejected",
                        "Importing: 80/1,000 rows, 1/s, 15 min 20 s left, 0 rejected",
                        "Importing: 140/1,000 rows, 1/s, 14 min 20 s left, 0 rejected",
                        "Importing: 200/1,000 rows, 1/s, 13 min 20 s left, 0 rejected",
                        "Importing: 260/1,000 rows, 1/s, 12 min 20 s left, 0 rejected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 bytes",
                "999|999 bytes",
                "1000|1.0 kB",
                "99950|100 kB",
                "12345678|12.3 MB",
                "17179869184|17.2 GB"
            })
    void sizesAreRounded(long bytes, String words) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"19,19 s", "60,1 min 0 s", "3599,59 min 59 s", "3900,1 h 05 min", "90000,25 h 00 min"})
    void timesHaveTwoParts(long seconds, String words) {
        assertThat(Amounts.time(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
