package tv.roster.platform.database.session;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A result that an event loop provides and one thread waits for. It has no lock: a virtual thread waiting for one
/// could continue only when its loop runs, and a loop that waited for that thread would never run again.
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

    /// Waits, on the thread that created this. Throws [NoAnswer] if there is no result.
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
