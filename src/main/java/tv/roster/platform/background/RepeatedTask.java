package tv.roster.platform.background;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import tv.roster.platform.problems.Refusal;

/// A task that is repeated on its own thread until it is closed. A failed run is logged, and the next run takes
/// place as scheduled.
public final class RepeatedTask implements AutoCloseable {
    private final Runnable task;
    private final Logger log;
    private final String failure;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean requested = new AtomicBoolean();

    /// Creates the task without starting it.
    ///
    /// @param name    the name of the thread
    /// @param log     receives the failures, and counts them if they are repeated
    /// @param failure begins the lines about failures, such as "Mails could not be taken from the queue"
    public RepeatedTask(String name, Runnable task, Logger log, String failure) {
        this.task = task;
        this.log = log;
        this.failure = failure;
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Runs the task after this pause, and repeatedly with the same pause after each run.
    public void every(Duration pause) {
        every(pause, pause);
    }

    /// The same with a different pause before the first run.
    public void every(Duration first, Duration pause) {
        var _ = thread.scheduleWithFixedDelay(
                this::runUnlessClosed, first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Runs the task once more, as soon as the thread is free, however often that is requested until then.
    public void soon() {
        if (requested.getAndSet(true)) {
            return;
        }
        try {
            thread.execute(() -> {
                requested.set(false);
                runUnlessClosed();
            });
        } catch (RejectedExecutionException e) {
            // The task has been closed.
        }
    }

    /// Runs the task now, on the caller's thread.
    public void run() {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private void runUnlessClosed() {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // A run that is interrupted because the task is closed fails, which need not be logged.
            if (!isClosed()) {
                report(e);
            }
        }
    }

    private void report(Throwable e) {
        if (e instanceof Error) {
            log.error("{}", failure, e);
        } else if (e instanceof Refusal) {
            // The database is away or overloaded, which is logged once for everything that needs it.
            log.debug("{}: {}", failure, e.getMessage());
        } else {
            log.warn("{}: {}", failure, e.getMessage());
        }
    }

    public boolean isClosed() {
        return thread.isShutdown();
    }

    /// Interrupts the run in progress without waiting for it. No other run begins.
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /// Interrupts the run in progress only if it takes longer than this.
    public void close(Duration patience) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
