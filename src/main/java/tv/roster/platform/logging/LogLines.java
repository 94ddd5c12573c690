package tv.roster.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Logback's configuration. It is code because parsing XML would take a considerable part of a fast start. Log
/// lines go to standard error, as text or (`ROSTER_LOG_FORMAT=json`) as JSON, written by a [LogWriter]; so do those
/// of the JDK's own logging.
public final class LogLines extends ContextAwareBase implements Configurator {
    /// Libraries whose routine messages are of no interest, and could repeat what they transfer: only WARN and above
    /// are
    /// logged. The mail library logs in the name of the package that extends it.
    private static final String[] QUIET = {
        "io.vertx", "io.netty", "org.flywaydb", "org.postgresql", "tv.roster.platform.mail"
    };

    private static final String TIME_AND_PLACE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - ";

    /// Every entry remains on one line, whatever text a message quotes.
    private static final String TEXT = TIME_AND_PLACE + "%replace(%msg){'\\p{Cntrl}', ' '}%n";

    private static final String ACCESS = TIME_AND_PLACE + "%kvp{NONE}%n";

    /// Only the first line of each kind of warning waits, so that more lines mean that the output is blocked.
    private static final int MOST_WAITING = 500;

    /// Each request is a line; a second of them may wait.
    private static final int MOST_WAITING_OF_ACCESS = 5_000;

    private static volatile @Nullable LogWriter log;
    private static volatile @Nullable LogWriter accessLog;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var propagator = new LevelChangePropagator();
        propagator.setContext(context);
        propagator.setResetJUL(true);
        propagator.start();
        context.addListener(propagator);

        var writer = writer(context, isJson() ? json(context) : pattern(context, TEXT), MOST_WAITING);
        log = writer;
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(writer);
        for (String name : QUIET) {
            context.getLogger(name).setLevel(Level.WARN);
        }

        var access = context.getLogger(AccessLog.NAME);
        access.setAdditive(false);
        var accessWriter = writer(context, isJson() ? json(context) : pattern(context, ACCESS), MOST_WAITING_OF_ACCESS);
        access.addAppender(accessWriter);
        accessLog = accessWriter;

        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Writes all pending lines; nothing is logged afterwards. This is the last step when the server stops.
    public static void end() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    /// Whether each line is a JSON object.
    static boolean isJson() {
        var format = System.getenv("ROSTER_LOG_FORMAT");
        return format != null && format.strip().equals("json");
    }

    /// What is counted about the log.
    public static LogFigures figures() {
        return new LogFigures(
                count(log, LogWriter::warnings),
                count(log, LogWriter::errors),
                count(log, LogWriter::lost),
                count(accessLog, LogWriter::lost));
    }

    private static LongSupplier count(@Nullable LogWriter writer, ToLongFunction<LogWriter> figure) {
        return writer == null ? () -> 0 : () -> figure.applyAsLong(writer);
    }

    private static LogWriter writer(LoggerContext context, Encoder<ILoggingEvent> encoder, int mostWaiting) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        var writer = new LogWriter(console, context, System::nanoTime, mostWaiting);
        writer.start();
        return writer;
    }

    private static Encoder<ILoggingEvent> pattern(LoggerContext context, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
