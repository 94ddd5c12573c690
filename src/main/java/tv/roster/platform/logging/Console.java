package tv.roster.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the server tells whoever started it. At a terminal, that is plain text; if the log is JSON, it is collected by
/// a program, so that everything is an entry of the log.
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger("Roster");

    private Console() {}

    /// Says that the server is ready: to a person with all that helps with the first steps, but not to a log, since
    /// that includes keys.
    public static void ready(Supplier<String> forPeople, String forLog) {
        if (LogLines.isJson()) {
            LOG.info("{}", forLog);
        } else {
            System.out.println(forPeople.get());
        }
    }

    /// Says what happens, on standard error.
    public static void say(String words) {
        if (LogLines.isJson()) {
            LOG.info("{}", words);
        } else {
            System.err.println(words);
        }
    }

    /// Says why the server cannot start, on standard error, after everything that was logged before. Nothing is
    /// logged afterwards.
    ///
    /// @param lines  each a reason of its own
    /// @param thrown what nobody expected, or null
    public static void refuse(String lines, @Nullable Throwable thrown) {
        if (LogLines.isJson()) {
            LogLines.end();
            (thrown == null ? lines.lines() : Stream.of(lines))
                    .filter(line -> !line.isBlank())
                    .forEach(line -> write(line, thrown));
        } else {
            System.err.println(lines);
            if (thrown != null) {
                thrown.printStackTrace();
            }
        }
        System.err.flush();
    }

    /// At once: the process ends before a slow thread would have written it.
    private static void write(String line, @Nullable Throwable thrown) {
        if (LOG instanceof ch.qos.logback.classic.Logger logger) {
            var entry = new LoggingEvent(Console.class.getName(), logger, Level.ERROR, line, thrown, null);
            System.err.writeBytes(new JsonLines().encode(entry));
        }
    }
}
