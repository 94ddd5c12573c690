package tv.roster.eventloop;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ThreadFactory;

/// One event loop, and the virtual threads that are mounted on it: while one of them waits, for the database or for a
/// body, the loop does something else. A request therefore never changes threads, which on few cores costs more than
/// all it computes; docs/decisions/0012-requests-on-the-event-loop.md has the figures.
///
/// Code on such a thread must not block the loop: waiting for locks, futures and other threads is fine, a long
/// computation or a slow file is not.
public final class Loop {
    static final ScopedValue<Loop> CURRENT = ScopedValue.newInstance();

    private final int index;
    private final EventLoop netty;
    private final VertxInternal vertx;
    private final ThreadFactory threads;

    Loop(int index, EventLoop netty, VertxInternal vertx) {
        this.index = index;
        this.netty = netty;
        this.vertx = vertx;
        this.threads = MountedThreads.on(netty);
    }

    /// Runs `work` on a virtual thread of its own.
    public void start(Runnable work) {
        threads.newThread(() -> ScopedValue.where(CURRENT, this).run(work)).start();
    }

    /// Its number among the loops, from 0.
    public int index() {
        return index;
    }

    /// How it is called in the log.
    String name() {
        return "loop " + index;
    }

    public EventLoop netty() {
        return netty;
    }

    /// A context of Vert.x on this loop: connections made in it stay here.
    public Context newContext() {
        return vertx.contextBuilder().withEventLoop(netty).build();
    }
}
