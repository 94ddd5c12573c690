package tv.roster.platform.database.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A time in which the database fails statements, of one kind or of all. The log has its begin, the number of calls
/// that it has cost once a minute, and its end: what else fails meanwhile for the same reason need not be logged.
public final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long EACH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AtomicInteger kinds = new AtomicInteger();
    private final AtomicLong since = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final LongAdder refused = new LongAdder();

    /// Statements of another kind begin to fail.
    void begins(String kind, Throwable cause) {
        if (kinds.getAndIncrement() == 0) {
            long now = System.nanoTime();
            since.set(now);
            told.set(now);
            refused.reset();
            LOG.warn("The database fails {}: {}", kind, cause.toString());
        }
    }

    /// Statements go on to fail.
    void goesOn(String kind, Throwable cause) {
        long now = System.nanoTime();
        long last = told.get();
        if (now - last > EACH_NANOS && told.compareAndSet(last, now)) {
            LOG.warn(
                    "The database still fails {}, {} calls were refused so far: {}",
                    kind,
                    refused.sum(),
                    cause.toString());
        }
    }

    /// Statements of one kind succeed again.
    void ends() {
        if (kinds.decrementAndGet() == 0) {
            LOG.info(
                    "The database works again after {} s; {} calls were refused",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since.get()),
                    refused.sum());
        }
    }

    /// A call was refused because of the database.
    public void refusedCall() {
        refused.increment();
    }
}
