package tv.roster.platform.database.session;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What one thread waits for and an event loop gives. It has no lock: a virtual thread that queued for one could only
/// go on when its loop turns, and a loop that parked behind it would never do so.
public class Reply<T> {
    private final Thread waiting = Thread.currentThread();
    private @Nullable T value;
    private @Nullable Failed failed;
    private volatile boolean given;

    public final void give(@Nullable T result) {
        value = result;
        given = true;
        LockSupport.unpark(waiting);
    }

    public final void fail(Failed failure) {
        failed = failure;
        given = true;
        LockSupport.unpark(waiting);
    }

    public final void settle(@Nullable T result, @Nullable Failed failure) {
        if (failure == null) {
            give(result);
        } else {
            fail(failure);
        }
    }

    /// Waits, on the thread that made this. Throws [NoAnswer] where there is none.
    public final T await() {
        while (!given) {
            LockSupport.park(this);
            if (!given && Thread.currentThread().isInterrupted()) {
                throw new NoAnswer(new Failed(new InterruptedException(), Failed.Outcome.UNKNOWN, true));
            }
        }
        if (failed != null) {
            throw new NoAnswer(failed);
        }
        return Objects.requireNonNull(value);
    }
}
