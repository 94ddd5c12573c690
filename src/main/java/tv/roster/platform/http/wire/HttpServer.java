package tv.roster.platform.http.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Origin;
import tv.roster.platform.http.limits.HeldMemory;
import tv.roster.platform.http.limits.MemoryBudget;

/// A listener, with the connections that come to it and the areas that serve their requests.
public final class HttpServer implements AutoCloseable {
    private static final int LOOKS_IN_TIMEOUT = 4;
    private static final int BACKLOG = 4096;

    private final Patience patience;
    private final Serving serving;
    private final Connections connections;
    private final List<Future<?>> looks = new ArrayList<>();
    private final Channel listening;

    /// Where a server listens; port 0 takes a free one, and without `tls` it speaks plain HTTP. A client may take
    /// `timeout` to send a request's headers, and once more for its body. What comes beyond `requestsAtOnce`
    /// requests under way is rejected with 503. `oldHttp` says whether HTTP/1.0 is served too.
    public record Listener(
            String host,
            int port,
            @Nullable Supplier<SSLEngine> tls,
            Duration timeout,
            int requestsAtOnce,
            boolean oldHttp,
            Crowd crowd) {
        public Listener(
                String host,
                int port,
                @Nullable Supplier<SSLEngine> tls,
                Duration timeout,
                int requestsAtOnce,
                boolean oldHttp) {
            this(host, port, tls, timeout, requestsAtOnce, oldHttp, Crowd.USUAL);
        }
    }

    /// How many connections there may be, of all clients and of one address; a trusted proxy's is not counted as one
    /// client's.
    public record Crowd(int connections, int ofOneAddress, Predicate<InetAddress> proxies) {
        static final Crowd USUAL = new Crowd(2500, 2000, address -> false);
    }

    /// Listens at once. Areas are asked in their order. Throws [CannotListen] where the port is taken or the address
    /// not this machine's.
    public HttpServer(EventLoops loops, Listener listener, Origin links, Observer observer, List<Area<?>> areas) {
        this(loops, listener, Patience.USUAL, links, observer, areas);
    }

    HttpServer(
            EventLoops loops,
            Listener listener,
            Patience patience,
            Origin links,
            Observer observer,
            List<Area<?>> areas) {
        this.patience = patience;
        serving = new Serving(listener, links, observer, areas);
        connections = new Connections(loops, listener.crowd(), listener.tls(), serving);
        listening = listen(loops, listener);
        long timeout = listener.timeout().toNanos();
        long idle = patience.idle().toNanos();
        long pause = Math.min(timeout / LOOKS_IN_TIMEOUT, TimeUnit.SECONDS.toNanos(1));
        for (var loop : loops.all()) {
            Runnable look = () -> connections.forEachOf(loop, connection -> connection.look(timeout, idle));
            looks.add(loop.netty().scheduleWithFixedDelay(look, pause, pause, TimeUnit.NANOSECONDS));
        }
    }

    private Channel listen(EventLoops loops, Listener listener) {
        var bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.isNative() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Netty's own choice makes a buffer as long as a page anew each time, and fills it with zeros.
                .childOption(ChannelOption.ALLOCATOR, loops.buffers())
                // A client that has sent everything may close its direction and still wait for the response.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.open(channel);
                    }
                })
                .bind(listener.host(), listener.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            // Netty would throw the checked exception of the JDK, which no caller here has to expect.
            throw new CannotListen(listener.host(), listener.port(), bound.cause());
        }
        return bound.channel();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /// Whether clients may come: not once it is about to stop.
    public boolean isOpen() {
        return !serving.isLeaving();
    }

    /// The number of open connections.
    public int openConnections() {
        return connections.open();
    }

    /// The number of requests under way.
    public long requestsUnderWay() {
        return serving.underWay();
    }

    /// Bytes that connections hold, and that large bodies and responses have taken.
    public long heldBytes() {
        return connections.held().ofAll() + serving.memory().taken();
    }

    HeldMemory held() {
        return connections.held();
    }

    MemoryBudget memory() {
        return serving.memory();
    }

    /// Whether no request holds a place.
    boolean isUnoccupied() {
        return serving.isUnoccupied();
    }

    /// Continues to serve, but each response is the last of its connection, so that clients connect anew, to
    /// another server.
    public void leave() {
        serving.leave();
    }

    /// Stops listening, turns away what still comes over open connections, and waits until what is under way is
    /// finished: 10 s at the most.
    public void drain() {
        serving.drain();
        listening.close().syncUninterruptibly();
        connections.onEach(Connection::closeIfIdle);
        long end = System.nanoTime() + patience.drain().toNanos();
        while (!serving.isDone() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        drain();
        looks.forEach(look -> look.cancel(false));
        connections.onEach(Connection::close);
    }
}
