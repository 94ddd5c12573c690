package tv.roster.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import tv.roster.eventloop.EventLoops;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// A listener that leads each request to the area that holds its path, and never answers without a request id.
public final class HttpServer implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    private static final long LEAST_PATIENCE_MS = 100;
    private static final long MOST_TURNED_AWAY_A_SECOND = 2_500;
    private static final int LOOKS_IN_TIMEOUT = 4;
    private static final int BACKLOG = 4096;

    private final List<Area<?>> areas;
    private final Origin links;
    private final boolean oldHttp;
    private final Observer observer;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final int limit;
    private final MemoryBudget memory = new MemoryBudget();
    private final List<Buffers> buffers;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Future<?> looks;
    private final Channel listening;
    private volatile boolean draining;

    /// Where a server listens; port 0 takes a free one, and without `tls` it speaks plain HTTP. A client may take
    /// `timeout` to send a request's headers, and once more for its body. What comes beyond
    /// `requestsAtOnce` requests under way is answered 503. `oldHttp` says whether HTTP/1.0 is served too.
    public record Listener(
            String host,
            int port,
            @Nullable Supplier<SSLEngine> tls,
            Duration timeout,
            int requestsAtOnce,
            boolean oldHttp) {}

    /// Listens at once. Areas are asked in their order. Throws [CannotListen] where the port is taken or the address
    /// not this machine's.
    public HttpServer(EventLoops loops, Listener listener, Origin links, Observer observer, List<Area<?>> areas) {
        this.areas = List.copyOf(areas);
        this.links = links;
        this.oldHttp = listener.oldHttp();
        this.observer = observer;
        this.limit = listener.requestsAtOnce();
        this.buffers = Stream.generate(Buffers::new).limit(loops.size()).toList();
        var bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.isNative() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Netty's own choice makes a buffer as long as a page anew each time, and fills it with zeros.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                // A client that has sent everything may close its direction and still wait for the answer.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open(channel, loops, listener.tls());
                    }
                })
                .bind(listener.host(), listener.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            // Netty would throw the checked exception of the JDK, which nobody here has to expect.
            throw new CannotListen(listener.host(), listener.port(), bound.cause());
        }
        listening = bound.channel();
        long timeout = listener.timeout().toNanos();
        looks = loops.group()
                .scheduleWithFixedDelay(
                        () -> connections.forEach(connection -> connection.look(timeout)),
                        timeout / LOOKS_IN_TIMEOUT,
                        timeout / LOOKS_IN_TIMEOUT,
                        TimeUnit.NANOSECONDS);
    }

    private void open(Channel channel, EventLoops loops, @Nullable Supplier<SSLEngine> tls) {
        var decoder = new RequestDecoder();
        var loop = loops.of(channel.eventLoop());
        var connection = new Connection(this, loop, buffers.get(loop.index()), channel, decoder, tls != null);
        if (tls != null) {
            channel.pipeline().addLast(new SslHandler(tls.get()));
        }
        channel.pipeline().addLast(decoder, connection);
        connections.add(connection);
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    Origin links() {
        return links;
    }

    boolean servesOldHttp() {
        return oldHttp;
    }

    /// Whether new requests are answered, not turned away.
    public boolean isOpen() {
        return !draining;
    }

    MemoryBudget memory() {
        return memory;
    }

    void begin() {
        begun.increment();
    }

    void end() {
        ended.increment();
    }

    /// Whether one more request may be served. Who is told so calls [#serve], the others [#turnAway].
    boolean admits() {
        if (admitted.incrementAndGet() <= limit) {
            return true;
        }
        admitted.decrementAndGet();
        return false;
    }

    /// Answers a request on its own thread.
    void serve(Request request, Connection connection) {
        long start = System.nanoTime();
        Answer answer;
        try {
            answer = answer(request);
        } finally {
            admitted.decrementAndGet();
        }
        give(answer, request, connection, start);
    }

    /// Answers a request that is one too many, after a while and without a thread: the later the more of them wait.
    /// Clients that try again at once would otherwise cost more than those that are served; to wait costs nothing.
    void turnAway(Request request, Connection connection, EventLoop loop) {
        long start = System.nanoTime();
        long patience = Math.max(LEAST_PATIENCE_MS, turnedAway.incrementAndGet() * 1_000L / MOST_TURNED_AWAY_A_SECOND);
        var _ = loop.schedule(
                () -> {
                    turnedAway.decrementAndGet();
                    give(refuse(Refusals.overloaded(), request), request, connection, start);
                },
                patience,
                TimeUnit.MILLISECONDS);
    }

    private void give(Answer answer, Request request, Connection connection, long start) {
        boolean last = draining || !request.mayGoOn();
        connection.send(outgoing(answer, request, last));
        observer.answered(request.method(), request.template(), answer.status(), System.nanoTime() - start);
    }

    private static Outgoing outgoing(Answer answer, Request request, boolean last) {
        try {
            return Outgoing.of(answer, request, last);
        } catch (IllegalArgumentException e) {
            return Outgoing.of(Refusals.answer(e, request), request, last);
        }
    }

    private Answer answer(Request request) {
        try {
            if (draining) {
                throw Refusals.shuttingDown();
            }
            return routed(request);
        } catch (RuntimeException | Error e) {
            return refuse(e, request);
        }
    }

    private Answer refuse(Throwable thrown, Request request) {
        observer.refused(
                thrown instanceof Refusal refusal
                        ? refusal.problems().getFirst().code()
                        : ErrorCode.INTERNAL);
        return Refusals.answer(thrown, request);
    }

    private Answer routed(Request request) {
        var path = request.path();
        for (var area : areas) {
            if (area.holds(path)) {
                return area.answer(request);
            }
        }
        if (path.equals("*") && request.method().equals("OPTIONS")) {
            return Answer.empty(204).with("Allow", Area.EVERY_METHOD);
        }
        throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }

    /// Turns away what comes from now on, and waits until what is under way is answered: 10 s at the most.
    public void drain() {
        draining = true;
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (ended.sum() < begun.sum() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        drain();
        looks.cancel(false);
        listening.close().syncUninterruptibly();
        connections.forEach(Connection::close);
    }
}
