package tv.roster.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Writes log lines on a separate thread. Code that logs never waits for a terminal or a pipe and takes no lock,
/// since an event loop and the virtual threads on it must not share one. Repeated lines are counted, see [Repeats].
final class LogWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final long LAST_WORDS_MS = 1_000;

    private final Appender<ILoggingEvent> target;
    private final LoggerContext loggers;
    private final LongSupplier nanos;
    private final Repeats repeats;
    private final Queue<ILoggingEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places;
    private final AtomicInteger lost = new AtomicInteger();
    private final LongAdder lostEver = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Thread thread;
    private volatile boolean stopping;

    /// @param nanos       a clock that only goes forward, such as `System::nanoTime`
    /// @param mostWaiting the maximum number of lines that wait to be written
    LogWriter(Appender<ILoggingEvent> target, LoggerContext context, LongSupplier nanos, int mostWaiting) {
        this.target = target;
        this.loggers = context;
        this.nanos = nanos;
        this.places = new AtomicInteger(mostWaiting);
        this.repeats = new Repeats(context);
        this.thread = Thread.ofPlatform().daemon().name("log").unstarted(this::run);
        setContext(context);
    }

    @Override
    public void start() {
        super.start();
        thread.start();
    }

    @Override
    protected void append(ILoggingEvent line) {
        if (line.getLevel().isGreaterOrEqual(Level.WARN)) {
            (line.getLevel().isGreaterOrEqual(Level.ERROR) ? errors : warnings).increment();
            if (repeats.counts(line)) {
                return;
            }
        }
        if (places.decrementAndGet() < 0) {
            places.incrementAndGet();
            lost.incrementAndGet();
            lostEver.increment();
            return;
        }
        // Formats the message now, since its arguments may change, and notes the thread.
        var _ = line.getFormattedMessage();
        var _ = line.getThreadName();
        waiting.add(line);
        LockSupport.unpark(thread);
    }

    long lost() {
        return lostEver.sum();
    }

    long warnings() {
        return warnings.sum();
    }

    long errors() {
        return errors.sum();
    }

    private void run() {
        while (!stopping) {
            work();
            if (waiting.isEmpty() && !stopping) {
                if (repeats.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
                }
            }
        }
        work();
        repeats.tell(nanos.getAsLong(), true, target::doAppend);
    }

    /// Writes the waiting lines, and the counts that are due.
    void work() {
        for (var line = waiting.poll(); line != null; line = waiting.poll()) {
            places.incrementAndGet();
            if (!line.getLevel().isGreaterOrEqual(Level.WARN) || repeats.isFirst(line, nanos.getAsLong())) {
                target.doAppend(line);
            }
        }
        repeats.tell(nanos.getAsLong(), false, target::doAppend);
        int gone = lost.getAndSet(0);
        if (gone > 0) {
            target.doAppend(new LoggingEvent(
                    LogWriter.class.getName(),
                    loggers.getLogger(LogWriter.class),
                    Level.WARN,
                    gone + " log lines were lost: they came faster than they could be written.",
                    null,
                    null));
        }
    }

    /// Waits for a short time until everything is written.
    @Override
    public void stop() {
        super.stop();
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_WORDS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        target.stop();
    }
}
