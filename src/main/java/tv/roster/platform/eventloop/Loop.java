package tv.roster.platform.eventloop;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ThreadFactory;

/// One event loop, and the virtual threads that are mounted on it: while one of them waits for the database or a
/// body, the loop does other work. A request therefore never changes threads, which on few cores would cost more
/// than everything it computes; docs/decisions/0012-requests-on-the-event-loop.md has the measurements.
///
/// Code on such a thread must not block the loop: waiting for locks, futures and other threads is allowed, a long
/// computation or reading a slow file is not.
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

    /// Runs `work` on a new virtual thread.
    public void start(Runnable work) {
        threads.newThread(() -> ScopedValue.where(CURRENT, this).run(work)).start();
    }

    /// Its number among the loops, from 0.
    public int index() {
        return index;
    }

    /// The name of the loop in the log.
    String name() {
        return "loop " + index;
    }

    public EventLoop netty() {
        return netty;
    }

    /// A context of Vert.x on this loop: connections opened in it remain on this loop.
    public Context newContext() {
        return vertx.contextBuilder().withEventLoop(netty).build();
    }
}
