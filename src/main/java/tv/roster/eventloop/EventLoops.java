package tv.roster.eventloop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// All event loops of a server.
public final class EventLoops implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    private final VertxInternal vertx;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /// One for each processor.
    public EventLoops() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /// A number of them, at least one.
    public EventLoops(int number) {
        vertx = (VertxInternal) Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(number)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        for (var loop : group()) {
            loops.add(new Loop(loops.size(), (EventLoop) loop, vertx));
        }
    }

    public int size() {
        return loops.size();
    }

    public Loop loop(int index) {
        return loops.get(index);
    }

    /// The loop that the calling request runs on; elsewhere any, by turns.
    public Loop here() {
        return Loop.CURRENT.isBound() ? Loop.CURRENT.get() : loops.get(Math.floorMod(next.getAndIncrement(), size()));
    }

    /// The loop of a connection.
    public Loop of(EventLoop netty) {
        for (var loop : loops) {
            if (loop.netty().equals(netty)) {
                return loop;
            }
        }
        throw new IllegalArgumentException("This event loop is none of these");
    }

    /// What takes connections on these loops.
    public EventLoopGroup group() {
        return vertx.nettyEventLoopGroup();
    }

    /// Whether the loops wait by `epoll` itself instead of by the JDK's selectors.
    public boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
