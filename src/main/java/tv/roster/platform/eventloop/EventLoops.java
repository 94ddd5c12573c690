package tv.roster.platform.eventloop;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// All event loops of a server: one for each processor, which serve the requests, and a separate one for what must
/// work even if the others do not.
public final class EventLoops implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;
    private static final int IO_RATIO = 50;

    private final VertxInternal vertx;
    private final EventLoopGroup group;
    private final List<Loop> loops = new ArrayList<>();
    private final PooledByteBufAllocator buffers;
    private final AtomicInteger next = new AtomicInteger();
    private final @Nullable EventLoops apart;

    /// Creates one for each processor.
    public EventLoops() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /// Creates this number of loops, at least one.
    public EventLoops(int number) {
        vertx = (VertxInternal) Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(number)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        group = vertx.nettyEventLoopGroup();
        addLoops();
        buffers = arenas(number + 1);
        apart = new EventLoops(vertx, buffers);
    }

    private EventLoops(VertxInternal vertx, PooledByteBufAllocator buffers) {
        this.vertx = vertx;
        this.buffers = buffers;
        group = vertx.transport()
                .eventLoopGroup(
                        Transport.IO_EVENT_LOOP_GROUP, 1, new DefaultThreadFactory("eventloop-apart", true), IO_RATIO);
        addLoops();
        apart = null;
    }

    private static PooledByteBufAllocator arenas(int number) {
        return new PooledByteBufAllocator(
                true,
                number,
                number,
                PooledByteBufAllocator.defaultPageSize(),
                PooledByteBufAllocator.defaultMaxOrder(),
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                PooledByteBufAllocator.defaultUseCacheForAllThreads());
    }

    private void addLoops() {
        for (var loop : group) {
            loops.add(new Loop(loops.size(), (EventLoop) loop, vertx));
        }
    }

    /// The loop that serves no requests of the API, for health and for the server's own queries to the database. It
    /// keeps running if the others hang.
    public EventLoops apart() {
        return apart == null ? this : apart;
    }

    public int size() {
        return loops.size();
    }

    public List<Loop> all() {
        return List.copyOf(loops);
    }

    public Loop loop(int index) {
        return loops.get(index);
    }

    /// The loop on which the calling request runs; outside of requests, each loop in turn.
    public Loop here() {
        return Loop.CURRENT.isBound() ? Loop.CURRENT.get() : loops.get(Math.floorMod(next.getAndIncrement(), size()));
    }

    /// Whether the calling thread is that of a request.
    public boolean isRequest() {
        return Loop.CURRENT.isBound();
    }

    /// The loop of a connection.
    public Loop of(EventLoop netty) {
        for (var loop : loops) {
            if (loop.netty().equals(netty)) {
                return loop;
            }
        }
        throw new IllegalArgumentException("This event loop does not belong to the server");
    }

    /// The group that accepts connections on these loops.
    public EventLoopGroup group() {
        return group;
    }

    /// Whether the loops use `epoll` directly instead of the JDK's selectors.
    public boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    /// The pool of the buffers of these loops and the one apart. Each loop has an arena of its own, so that none waits
    /// for the lock of another's.
    public ByteBufAllocator buffers() {
        return buffers;
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
        if (apart != null) {
            apart.group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
