package tv.roster.platform.database.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the database currently fails statements of one kind. The first failure, a count each minute and the end
/// are logged; logging each failure would produce thousands of lines a second under load.
public final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final long EACH_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long NONE = 0;

    private final String kind;
    private final AtomicLong since = new AtomicLong(NONE);
    private final AtomicLong told = new AtomicLong();
    private final LongAdder failures = new LongAdder();

    /// `kind` begins the log lines.
    public Trouble(String kind) {
        this.kind = kind;
    }

    public boolean isStanding() {
        return since.get() != NONE;
    }

    /// Reports a failed statement whose cause is the database or the connection to it.
    public void failed(Throwable cause) {
        failures.increment();
        long now = Math.max(1, System.nanoTime());
        if (since.compareAndSet(NONE, now)) {
            told.set(now);
            LOG.warn("{} fail: {}", kind, cause.toString());
            return;
        }
        long last = told.get();
        if (now - last > EACH_NANOS && told.compareAndSet(last, now)) {
            LOG.warn("{} still fail, {} so far: {}", kind, failures.sum(), cause.toString());
        }
    }

    /// Reports a successful statement.
    public void worked() {
        long begin = since.get();
        if (begin != NONE && since.compareAndSet(begin, NONE)) {
            LOG.info(
                    "{} work again after {} s; {} failed",
                    kind,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                    failures.sumThenReset());
        }
    }
}
