package tv.roster.platform.database;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.Session;

/// What waits for a place on a connection. Everything about it happens on the event loop of its [SessionPool].
abstract class Job implements Runnable {
    private final SessionPool pool;

    /// When it began to wait.
    private final long since = System.nanoTime();

    Job(SessionPool pool) {
        this.pool = pool;
    }

    /// Hands it over to its pool. From any thread.
    final void submit() {
        pool.loop().netty().execute(this);
    }

    /// Runs on the loop, where it gets its place or stands in line.
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

    /// Who shares the places of one owner; null where everybody has as many as there are.
    @Nullable
    UUID owner() {
        return null;
    }

    /// Uses a place, and gives it back by [SessionPool#free].
    abstract void start(Session session);

    /// There was no place.
    abstract void fail(Failed failure);
}
