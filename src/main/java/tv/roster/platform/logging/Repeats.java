package tv.roster.platform.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Repeated warnings and errors: the first line of each kind is written, then their number once a minute, and
/// finally that they have stopped. A kind is a place in the code, regardless of what a line says about a request,
/// so that neither clients nor outages determine how much is logged or stored here.
final class Repeats {
    static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /// Far more than there are places in our code; libraries that put values into their patterns could create more.
    private static final int MOST_KINDS = 200;

    private static final String OURS = "tv.roster.";
    private static final int MOST_FRAMES = 6;
    private static final long ENDED = Long.MIN_VALUE / 2;

    private final LoggerContext context;
    private final Map<LogSite, Kind> kinds = new ConcurrentHashMap<>();

    Repeats(LoggerContext context) {
        this.context = context;
    }

    /// The place where a line was logged and, if it has an exception, the place where that was thrown; otherwise
    /// all failures of requests would be one kind.
    private record LogSite(
            @Nullable String logger,
            @Nullable String pattern,
            @Nullable String thrown) {
        static LogSite of(ILoggingEvent line) {
            return new LogSite(line.getLoggerName(), line.getMessage(), thrown(line.getThrowableProxy()));
        }

        /// The path through our code, since many failures are thrown in the same place for different callers.
        private static @Nullable String thrown(@Nullable IThrowableProxy thrown) {
            if (thrown == null) {
                return null;
            }
            return Arrays.stream(thrown.getStackTraceElementProxyArray())
                    .map(StackTraceElementProxy::getStackTraceElement)
                    .filter(frame -> frame.getClassName().startsWith(OURS))
                    .limit(MOST_FRAMES)
                    .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
                    .collect(Collectors.joining(" ", thrown.getClassName() + " ", ""));
        }
    }

    /// The lines of one kind. All fields except `more` and `last` are used only by the writing thread.
    private static final class Kind {
        private final AtomicLong more = new AtomicLong();
        private volatile ILoggingEvent last;
        private final long began;
        private long told;
        private long total = 1;
        private long minutes;

        Kind(ILoggingEvent first, long now) {
            last = first;
            began = now;
            told = now;
        }

        /// Returns false if the kind has ended in the meantime.
        boolean add(ILoggingEvent line) {
            if (more.incrementAndGet() < 0) {
                return false;
            }
            last = line;
            return true;
        }
    }

    /// Whether the line is only counted. Can be called from any thread, and takes no lock.
    boolean counts(ILoggingEvent line) {
        var kind = kinds.get(LogSite.of(line));
        return kind != null && kind.add(line);
    }

    /// Whether the line is the first of its kind and must be written; otherwise it is counted. Only for the writing
    /// thread.
    boolean isFirst(ILoggingEvent line, long now) {
        var place = LogSite.of(line);
        var known = kinds.get(place);
        if (known == null && kinds.size() >= MOST_KINDS) {
            place = new LogSite(line.getLoggerName(), null, null);
            known = kinds.get(place);
        }
        if (known != null && known.add(line)) {
            return false;
        }
        kinds.put(place, new Kind(line, now));
        return true;
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }

    /// Writes the counts of the minutes that have passed; with `end`, all remaining counts. Only for the writing
    /// thread.
    void tell(long now, boolean end, Consumer<ILoggingEvent> writer) {
        for (var kind : kinds.values()) {
            if (end || now - kind.told >= MINUTE) {
                tell(kind, now, writer);
            }
        }
        kinds.values().removeIf(kind -> kind.more.get() < 0);
    }

    private void tell(Kind kind, long now, Consumer<ILoggingEvent> writer) {
        if (kind.more.compareAndSet(0, ENDED)) {
            if (kind.total > 1) {
                writer.accept(numbered(kind.last, "stopped after " + lines(kind.total) + " in " + minutes(kind)));
            }
            return;
        }
        long more = kind.more.getAndSet(0);
        kind.total += more;
        kind.told = now;
        kind.minutes = Math.max(1, Math.round((now - kind.began) / (double) MINUTE));
        writer.accept(numbered(kind.last, lines(more) + " in the last minute"));
    }

    private static String lines(long number) {
        return number == 1 ? "1 such line" : String.format(Locale.ROOT, "%,d such lines", number);
    }

    private static String minutes(Kind kind) {
        return kind.minutes == 1 ? "1 minute" : kind.minutes + " minutes";
    }

    /// The newest line of the kind, followed by a number.
    private ILoggingEvent numbered(ILoggingEvent last, String number) {
        Logger logger = context.getLogger(last.getLoggerName());
        var text = last.getFormattedMessage() + " [" + number + "]";
        return new LoggingEvent(Logger.class.getName(), logger, last.getLevel(), text, null, null);
    }
}
