package tv.roster.platform.database;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.Session;

/// A job that needs a place on a connection. All methods run on the event loop of its [SessionPool].
abstract class Job implements Runnable {
    private final SessionPool pool;

    /// When it began to wait.
    private final long since = System.nanoTime();

    /// When it got its place.
    private long started;

    Job(SessionPool pool) {
        this.pool = pool;
    }

    /// Passes the job to its pool. Can be called from any thread.
    final void submit() {
        pool.loop().netty().execute(this);
    }

    /// Runs on the loop, where the job gets its place or waits.
    @Override
    public final void run() {
        pool.take(this);
    }

    final SessionPool pool() {
        return pool;
    }

    final long since() {
        return since;
    }

    final LaneFigures figures() {
        return pool.figures();
    }

    /// Gives it a place.
    final void begin(Session session) {
        started = System.nanoTime();
        figures().waited(started - since);
        start(session);
    }

    /// It has given its place back.
    final void end() {
        figures().used(System.nanoTime() - started);
    }

    /// There was no place for it.
    final void turnAway(Failed failure) {
        figures().done(statements(), LaneFigures.Outcome.NOT_SENT);
        fail(failure);
    }

    /// The number of statements that it would send.
    int statements() {
        return 1;
    }

    /// The owner whose share of the places the job uses; null for no limit.
    @Nullable
    UUID owner() {
        return null;
    }

    /// Uses a place, and returns it with [SessionPool#free].
    abstract void start(Session session);

    /// Called if there was no place.
    abstract void fail(Failed failure);
}
