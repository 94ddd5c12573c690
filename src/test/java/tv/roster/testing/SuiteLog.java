package tv.roster.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that is logged in a run of the tests, by Roster at all levels, by libraries at those that the log has.
/// It must contain none of the personal values that tests have sent: otherwise the run fails at its end, with the
/// lines. JUnit registers it by `META-INF/services`.
public final class SuiteLog implements BeforeAllCallback {
    private static final PersonalValues VALUES = new PersonalValues();
    private static final Search SEARCH = new Search(VALUES);

    @Override
    public void beforeAll(ExtensionContext test) {
        // The store of the whole run closes what it holds after the last test, and a failure of that fails the run.
        var _ = test.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(SuiteLog.class, _ -> listening());
    }

    /// Looks for the personal values of a request from now on.
    static void sent(String path, String body) {
        if (path.contains("/api/user/")) {
            VALUES.addThoseOf(path);
            if (body != null) {
                VALUES.addThoseOf(body);
            }
        }
    }

    /// Searches what another process has logged.
    static void search(Path log) {
        if (Files.exists(log)) {
            try {
                // A process that was killed may have written half a character.
                new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> SEARCH.add(log + ": " + line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static AutoCloseable listening() {
        var loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        var asBefore = new ThresholdFilter();
        asBefore.setLevel(root.getLevel().toString());
        asBefore.start();
        root.iteratorForAppenders().forEachRemaining(console -> console.addFilter(asBefore));
        SEARCH.setContext(loggers);
        SEARCH.start();
        root.addAppender(SEARCH);
        loggers.getLogger("access").addAppender(SEARCH);
        loggers.getLogger("tv.roster").setLevel(Level.TRACE);
        return () -> {
            search(RunFolder.resolve("postgres").resolve("postgresql.log"));
            SEARCH.stop();
            if (!SEARCH.found.isEmpty()) {
                throw new AssertionError(
                        "The log contains personal data:\n" + String.join("\n", new TreeSet<>(SEARCH.found)));
            }
        };
    }

    /// Searches on a thread of its own, since whatever logs must not wait.
    static final class Search extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private static final String MAIL_SERVER_OF_THE_TESTS = "com.icegreen.greenmail.";

        private final PersonalValues values;
        private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
        private final Thread thread =
                Thread.ofPlatform().daemon().name("suite-log").unstarted(this::run);
        private volatile boolean stopping;

        /// Lines with a personal value, and which it is.
        final Queue<String> found = new ConcurrentLinkedQueue<>();

        Search(PersonalValues values) {
            this.values = values;
        }

        @Override
        public void start() {
            super.start();
            thread.start();
        }

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getLoggerName().startsWith(MAIL_SERVER_OF_THE_TESTS)) {
                return;
            }
            var text =
                    new StringBuilder(line.getLevel() + " " + line.getLoggerName() + " " + line.getFormattedMessage());
            if (line.getKeyValuePairs() != null) {
                line.getKeyValuePairs().forEach(pair -> text.append(' ').append(pair));
            }
            if (line.getThrowableProxy() != null) {
                text.append('\n').append(ThrowableProxyUtil.asString(line.getThrowableProxy()));
            }
            add(text.toString());
        }

        void add(String line) {
            waiting.add(line);
            LockSupport.unpark(thread);
        }

        private void run() {
            while (!stopping || !waiting.isEmpty()) {
                for (var line = waiting.poll(); line != null; line = waiting.poll()) {
                    var text = line;
                    values.in(text).ifPresent(value -> found.add(value + " in: " + text));
                }
                LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
            }
        }

        /// Waits until everything is searched.
        @Override
        public void stop() {
            super.stop();
            stopping = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
