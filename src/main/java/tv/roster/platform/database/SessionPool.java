package tv.roster.platform.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Connector;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.Session;
import tv.roster.platform.database.session.Trouble;
import tv.roster.platform.eventloop.Loop;

/// The connections of one [Lane] on one event loop, and the jobs that wait for them. Everything happens on that
/// loop.
///
/// A connection is opened when there is work for it. One that has not replied for two seconds gets no more work:
/// further statements use another connection, while the silent one may still reply until its time limit.
final class SessionPool {
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long AGAIN_MS = 100;

    private final Loop loop;
    private final Connector connector;
    private final Lane lane;
    private final int size;
    private final int sizeOfOne;
    private final LaneFigures figures;
    private final Trouble trouble;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Session> silent = new ArrayList<>();
    private final WaitingLine waiting;
    private final Map<UUID, Integer> running = new HashMap<>();
    private int opening;
    private boolean pausing;
    private boolean closed;

    /// @param size      the maximum number of connections, in addition to silent ones
    /// @param sizeOfOne the places that one owner can use at once
    /// @param figures   counts what happens here
    /// @param trouble   receives failures
    SessionPool(
            Loop loop, Connector connector, Lane lane, int size, int sizeOfOne, LaneFigures figures, Trouble trouble) {
        this.loop = loop;
        this.connector = connector;
        this.lane = lane;
        this.size = size;
        this.sizeOfOne = sizeOfOne;
        this.figures = figures;
        this.trouble = trouble;
        this.waiting = new WaitingLine(lane.mostWaitingOfOne(), figures);
        figures.mayOpen(size);
    }

    LaneFigures figures() {
        return figures;
    }

    Loop loop() {
        return loop;
    }

    /// Starts to connect if there is no connection yet. Can be called from any thread.
    void warmUp() {
        loop.netty().execute(() -> {
            if (sessions.isEmpty() && opening == 0) {
                open();
            }
        });
    }

    /// Gives the job a place, or lets it wait.
    void take(Job job) {
        if (closed) {
            job.turnAway(Failed.unsent(new IllegalStateException("closed")));
            return;
        }
        var session = mayRun(job) ? leastBusy() : null;
        if (session == null) {
            if (!waiting.add(job)) {
                job.turnAway(Failed.crowded());
            }
        } else {
            start(job, session);
        }
        if (session == null || session.used() > 1) {
            open();
        }
    }

    private boolean mayRun(Job job) {
        return job.owner() == null || running.getOrDefault(job.owner(), 0) < sizeOfOne;
    }

    /// While a connection is being opened, the others are not filled completely, so that further jobs do not have
    /// to wait behind the statements on them.
    private @Nullable Session leastBusy() {
        int most = opening > 0 ? Math.min(lane.depth(), Lane.PLACES_OF_ONE) : lane.depth();
        Session best = null;
        for (int i = 0; i < sessions.size(); i++) {
            var session = sessions.get(i);
            if (session.used() < (best == null ? most : best.used())) {
                best = session;
            }
        }
        return best;
    }

    private void start(Job job, Session session) {
        if (session.used() == 0) {
            figures.busy();
        }
        session.take();
        if (job.owner() != null) {
            running.merge(job.owner(), 1, Integer::sum);
        }
        job.begin(session);
    }

    /// Takes back the place of a job.
    void free(Job job, Session session) {
        session.free();
        if (session.used() == 0) {
            figures.idle();
        }
        job.end();
        if (job.owner() != null) {
            running.computeIfPresent(job.owner(), (owner, number) -> number == 1 ? null : number - 1);
        }
        serve();
    }

    private void serve() {
        while (!waiting.isEmpty()) {
            var session = leastBusy();
            var job = session == null ? null : waiting.next(this::mayRun);
            if (session == null || job == null) {
                return;
            }
            start(job, session);
        }
    }

    private void open() {
        if (closed || pausing || sessions.size() + opening >= size) {
            return;
        }
        opening++;
        connector.connect(loop, lane.applicationName(), lane.properties(), (made, failure) -> {
            opening--;
            if (made == null) {
                failed(failure);
            } else {
                opened(new Session(made, new Session.Keeper(this::gone, this::renew, trouble)));
            }
        });
    }

    private void opened(Session session) {
        figures.opened();
        sessions.add(session);
        if (closed) {
            session.close();
        } else {
            serve();
        }
    }

    /// Without any connection, waiting jobs fail immediately. The next attempt follows after a pause, so that many
    /// callers do not cause many attempts.
    private void failed(Throwable cause) {
        trouble.failed(cause);
        pausing = true;
        var _ = loop.netty()
                .schedule(
                        () -> {
                            pausing = false;
                            if (!waiting.isEmpty()) {
                                open();
                            }
                        },
                        AGAIN_MS,
                        TimeUnit.MILLISECONDS);
        if (sessions.isEmpty()) {
            failWaiting(new Failed(cause, Failed.Outcome.NOTHING, true));
        }
    }

    private void failWaiting(Failed failure) {
        waiting.clear(job -> job.turnAway(failure));
    }

    private void gone(Session session) {
        figures.closed();
        sessions.remove(session);
        silent.remove(session);
        if (!waiting.isEmpty()) {
            open();
        }
    }

    /// Gives no more work to the existing sessions, and closes each when its statements are done: a session keeps
    /// the state in which it began, such as that the server is a standby.
    private void renew() {
        silent.addAll(sessions);
        sessions.clear();
        List.copyOf(silent).stream().filter(Session::isIdle).forEach(Session::close);
        if (!waiting.isEmpty()) {
            open();
        }
    }

    /// Checks all time limits. Called periodically on the loop.
    void look(long now) {
        for (var session : List.copyOf(silent)) {
            if (session.isIdle()) {
                session.close();
            } else {
                look(session, now);
            }
        }
        for (var session : List.copyOf(sessions)) {
            look(session, now);
            if (lane.depth() > 1
                    && !session.ended()
                    && now - session.waitingSince(now) > SILENT_NANOS
                    && silent.size() < size) {
                sessions.remove(session);
                silent.add(session);
                open();
            }
        }
        waiting.removeOlderThan(now - LONGEST_WAIT_NANOS, job -> job.turnAway(Failed.crowded()));
    }

    private void look(Session session, long now) {
        if (now - session.waitingSince(now) > lane.patienceNanos()) {
            session.giveUp();
        } else if (session.used() == 0) {
            if (lane.depth() == 1 && now - session.lastUsed() > IDLE_NANOS) {
                session.close();
            } else if (now - session.lastSent() > PING_NANOS) {
                session.ping();
            }
        }
    }

    void close() {
        closed = true;
        failWaiting(Failed.unsent(new IllegalStateException("closed")));
        List.copyOf(sessions).forEach(Session::close);
        List.copyOf(silent).forEach(Session::close);
    }
}
