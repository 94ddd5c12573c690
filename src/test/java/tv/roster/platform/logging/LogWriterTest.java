package tv.roster.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.roster.testing.Together;

/// What of a flood of log lines is written. The clock moves by hand.
class LogWriterTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final LogWriter writer = new LogWriter(written, context, nanos::get, 500);

    @BeforeEach
    void start() {
        written.start();
    }

    private void log(Level level, Throwable thrown, String pattern, Object... arguments) {
        writer.append(new LoggingEvent("test", context.getLogger("Place"), level, pattern, thrown, arguments));
        writer.work();
    }

    private void warn(String pattern, Object... arguments) {
        log(Level.WARN, null, pattern, arguments);
    }

    private void minutePasses() {
        nanos.addAndGet(Repeats.MINUTE);
        writer.work();
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void theFirstLineIsWrittenThenANumberEachMinuteThenTheEnd() {
        for (int number = 1; number <= 12_346; number++) {
            warn("Refused {}", number);
        }
        minutePasses();
        warn("Refused {}", 7);
        minutePasses();
        minutePasses();
        minutePasses();

        assertThat(lines())
                .containsExactly(
                        "Refused 1",
                        "Refused 12346 [12,345 such lines in the last minute]",
                        "Refused 7 [1 such line in the last minute]",
                        "Refused 7 [stopped after 12,347 such lines in 2 minutes]");
    }

    @Test
    void aLineThatComesOnceAMinuteOrSeldomerIsJustWritten() {
        warn("Seldom {}", 1);
        minutePasses();
        warn("Seldom {}", 2);
        minutePasses();
        minutePasses();

        assertThat(lines()).containsExactly("Seldom 1", "Seldom 2");
    }

    @Test
    void kindsAreCountedApart() {
        warn("One {}", 1);
        warn("Other {}", 1);
        warn("One {}", 2);
        log(Level.INFO, null, "News {}", 1);
        log(Level.INFO, null, "News {}", 2);

        assertThat(lines()).containsExactly("One 1", "Other 1", "News 1", "News 2");
    }

    @Test
    void failuresAreTheSameKindWhereTheyComeFromTheSamePlace() {
        for (int number = 0; number < 3; number++) {
            log(Level.ERROR, failureHere(), "Request {} failed", number);
            log(Level.ERROR, failureThere(), "Request {} failed", number);
            log(Level.ERROR, new IllegalArgumentException("x"), "Request {} failed", number);
        }

        assertThat(lines()).hasSize(3).containsOnly("Request 0 failed");
    }

    private static RuntimeException failureHere() {
        return new IllegalStateException("here " + System.nanoTime());
    }

    private static RuntimeException failureThere() {
        return new IllegalStateException("there " + System.nanoTime());
    }

    @Test
    void patternsWithValuesInThemFillNeitherTheLogNorTheMemory() {
        for (int number = 0; number < 20_000; number++) {
            warn("Value " + number + " in the pattern");
        }
        minutePasses();

        assertThat(lines().size()).isLessThan(210);
        assertThat(lines()).last().isEqualTo("Value 19999 in the pattern [19,799 such lines in the last minute]");
    }

    @Test
    void whatComesFasterThanItCanBeWrittenIsNotKept() {
        for (int number = 0; number < 2_000; number++) {
            writer.append(
                    new LoggingEvent("test", context.getLogger("Place"), Level.INFO, "News", null, new Object[0]));
        }
        writer.work();

        assertThat(lines()).hasSize(501);
        assertThat(lines()).last().asString().startsWith("1500 log lines were lost");
    }

    @Test
    void theEndTellsWhatWasNotToldYet() {
        writer.start();
        writer.doAppend(refusal());
        await().until(() -> lines().size() == 1);
        Together.run(8, thread -> {
            for (int number = 0; number < 1_000; number++) {
                writer.doAppend(refusal());
            }
            return thread;
        });
        writer.stop();

        assertThat(lines()).containsExactly("Refused all", "Refused all [8,000 such lines in the last minute]");
    }

    private LoggingEvent refusal() {
        return new LoggingEvent(
                "test", context.getLogger("Place"), Level.WARN, "Refused {}", null, new Object[] {"all"});
    }
}
