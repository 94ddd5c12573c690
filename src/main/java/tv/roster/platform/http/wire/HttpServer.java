package tv.roster.platform.http.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.eventloop.Loop;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Origin;
import tv.roster.platform.http.limits.Addresses;
import tv.roster.platform.http.limits.Buffers;
import tv.roster.platform.http.limits.HeldMemory;
import tv.roster.platform.http.limits.MemoryBudget;
import tv.roster.platform.http.limits.Places;
import tv.roster.platform.http.limits.Places.Place;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// A listener that leads each request to the area that holds its path, and never answers without a request id.
public final class HttpServer implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    private static final long LEAST_PATIENCE_MS = 100;
    private static final long MOST_TURNED_AWAY_A_SECOND = 2_500;
    private static final int LOOKS_IN_TIMEOUT = 4;

    /// Pages have places of their own: one for so many of the calls' places.
    private static final int SHARE_OF_PAGES = 4;

    private static final int BACKLOG = 4096;

    private final List<Area<?>> areas;
    private final Origin links;
    private final boolean oldHttp;
    private final Observer observer;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final Places callPlaces;
    private final Places pagePlaces;
    private final MemoryBudget memory = new MemoryBudget();
    private final List<Buffers> buffers;
    private final HeldMemory held = new HeldMemory();
    private final List<LoopConnections> connections;
    private final AtomicInteger open = new AtomicInteger();
    private final Addresses openByAddress;
    private final Listener listener;
    private final EventLoops loops;
    private final List<Future<?>> looks = new ArrayList<>();
    private final Channel listening;
    private volatile boolean leaving;
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
        this.areas = List.copyOf(areas);
        this.links = links;
        this.oldHttp = listener.oldHttp();
        this.observer = observer;
        this.callPlaces = new Places(listener.requestsAtOnce(), listener.requestsAtOnce());
        int pages = Math.max(1, listener.requestsAtOnce() / SHARE_OF_PAGES);
        this.pagePlaces = new Places(pages, Math.max(1, pages / SHARE_OF_PAGES));
        this.listener = listener;
        this.loops = loops;
        this.openByAddress = new Addresses(listener.crowd().ofOneAddress());
        this.connections =
                Stream.generate(LoopConnections::new).limit(loops.size()).toList();
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
        long pause = Math.min(timeout / LOOKS_IN_TIMEOUT, TimeUnit.SECONDS.toNanos(1));
        for (int at = 0; at < loops.size(); at++) {
            var here = connections.get(at);
            looks.add(loops.loop(at)
                    .netty()
                    .scheduleWithFixedDelay(
                            () -> here.forEach(connection -> connection.look(timeout)),
                            pause,
                            pause,
                            TimeUnit.NANOSECONDS));
        }
    }

    private void open(Channel channel, EventLoops loops, @Nullable Supplier<SSLEngine> tls) {
        var loop = loops.of(channel.eventLoop());
        var here = connections.get(loop.index());
        int address = Addresses.slotOf(channel.remoteAddress(), listener.crowd().proxies());
        boolean tooMany = open.incrementAndGet() > listener.crowd().connections();
        boolean tooManyOfAddress = !openByAddress.add(address);
        var secured = tls == null ? null : new TlsHandler(tls.get());
        var connection = new Connection(this, loop, buffers.get(loop.index()), channel, secured, address);
        if (secured != null) {
            channel.pipeline().addLast(secured);
        }
        channel.pipeline().addLast(connection.decoder(), connection);
        if (tooMany || tooManyOfAddress) {
            connection.hold();
            makeWay(connection, tooManyOfAddress ? address : Addresses.ANY, 0);
        } else {
            here.add(connection);
        }
    }

    /// Looks for a connection to close in place of a newer one, from which nothing is read until then: loop by loop,
    /// and among all of them first for one that is of least use.
    private void makeWay(Connection newer, int address, int step) {
        int own = newer.loop().index();
        int at = (own + step) % loops.size();
        int standing = Connection.LEAST_STANDING + step / loops.size();
        if (standing > Connection.MOST_STANDING) {
            onLoop(own, newer::close);
        } else if (connections.get(at).makeWay(address, standing)) {
            onLoop(own, () -> {
                if (newer.admit()) {
                    connections.get(own).add(newer);
                }
            });
        } else {
            onLoop((at + 1) % loops.size(), () -> makeWay(newer, address, step + 1));
        }
    }

    private void onLoop(int index, Runnable task) {
        loops.loop(index).netty().execute(task);
    }

    void closed(Connection connection) {
        connections.get(connection.loop().index()).remove(connection);
        open.decrementAndGet();
        openByAddress.remove(connection.address());
    }

    HeldMemory held() {
        return held;
    }

    /// Closes connections of a loop, on that loop, until no more is held than may be.
    void shed(Loop loop) {
        connections.get(loop.index()).shed(held);
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

    /// Whether clients may come: not once it is about to stop.
    public boolean isOpen() {
        return !leaving;
    }

    MemoryBudget memory() {
        return memory;
    }

    /// Whether no request holds a place.
    boolean isUnoccupied() {
        return callPlaces.areFree() && pagePlaces.areFree();
    }

    void begin() {
        begun.increment();
    }

    void end() {
        ended.increment();
    }

    /// Serves a request whose head has arrived, or turns it away. One with a body gets its place later, when its body
    /// is
    /// whole: a client that sends slowly takes none from others.
    void begin(ReceivedRequest request, Connection connection) {
        begin();
        var area = areaOf(request.path());
        boolean isCall = area != null && area.dialect().isOfCalls();
        var place = new Place(isCall ? callPlaces : pagePlaces);
        boolean mayEnter =
                request.hasBody() ? place.isThere() : isCall ? place.take() : place.takeFor(connection.address());
        if (mayEnter) {
            connection.loop().start(() -> serve(new Visit(request, area, isCall, place), connection));
        } else {
            turnAway(request, area, connection, System.nanoTime());
        }
    }

    private @Nullable Area<?> areaOf(String path) {
        for (var area : areas) {
            if (area.holds(path)) {
                return area;
            }
        }
        return null;
    }

    /// A request, where it leads, and its place.
    private record Visit(ReceivedRequest request, @Nullable Area<?> area, boolean isCall, Place place) {}

    /// Answers a request on its own thread.
    private void serve(Visit visit, Connection connection) {
        long start = System.nanoTime();
        var request = visit.request();
        Answer answer;
        try {
            var entry = enter(request, visit.area());
            if (visit.isCall()) {
                connection.callerIsKnown();
            }
            if (request.hasBody()) {
                request.receive(entry.largestBody());
            }
            if (!visit.place().takeFor(visit.isCall() ? request.party() : connection.address())) {
                turnAway(request, visit.area(), connection, start);
                return;
            }
            answer = entry.answer();
        } catch (RuntimeException | Error e) {
            answer = refuse(e, request, visit.area());
        } finally {
            visit.place().giveBack();
        }
        give(answer, request, connection, start);
    }

    private Area.Entry enter(ReceivedRequest request, @Nullable Area<?> area) {
        if (draining) {
            throw Refusals.shuttingDown();
        }
        if (area != null) {
            return area.enter(request);
        }
        if (request.path().equals("*") && request.method().equals("OPTIONS")) {
            return Area.Entry.to(Answer.empty(204).with("Allow", Area.EVERY_METHOD));
        }
        throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }

    /// Answers a request that is one too many, after a while and without a thread: the later the more of them wait.
    /// Clients that try again at once would otherwise cost more than those that are served; to wait costs nothing.
    private void turnAway(ReceivedRequest request, @Nullable Area<?> area, Connection connection, long start) {
        long patience = Math.max(LEAST_PATIENCE_MS, turnedAway.incrementAndGet() * 1_000L / MOST_TURNED_AWAY_A_SECOND);
        var _ = connection
                .loop()
                .netty()
                .schedule(
                        () -> {
                            turnedAway.decrementAndGet();
                            give(refuse(Refusals.overloaded(), request, area), request, connection, start);
                        },
                        patience,
                        TimeUnit.MILLISECONDS);
    }

    private void give(Answer answer, ReceivedRequest request, Connection connection, long start) {
        boolean last = leaving || !request.mayGoOn();
        connection.send(outgoing(answer, request, last));
        observer.answered(request.method(), request.template(), answer.status(), System.nanoTime() - start);
    }

    private static Outgoing outgoing(Answer answer, ReceivedRequest request, boolean last) {
        try {
            return Outgoing.of(answer, request, last);
        } catch (IllegalArgumentException e) {
            return Outgoing.of(Refusals.answer(e, request, DocumentDialect.DOCUMENTS), request, last);
        }
    }

    private Answer refuse(Throwable thrown, ReceivedRequest request, @Nullable Area<?> area) {
        observer.refused(
                thrown instanceof Refusal refusal
                        ? refusal.problems().getFirst().code()
                        : ErrorCode.INTERNAL);
        return Refusals.answer(thrown, request, area == null ? DocumentDialect.DOCUMENTS : area.dialect());
    }

    /// Answers on, but each answer is the last of its connection, so that clients connect anew, to another server.
    public void leave() {
        leaving = true;
    }

    /// Stops listening, turns away what still comes over open connections, and waits until what is under way is
    /// answered: 10 s at the most.
    public void drain() {
        leaving = true;
        draining = true;
        listening.close().syncUninterruptibly();
        onEachConnection(Connection::closeIfIdle);
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (ended.sum() < begun.sum() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        drain();
        looks.forEach(look -> look.cancel(false));
        onEachConnection(Connection::close);
    }

    private void onEachConnection(Consumer<Connection> action) {
        for (int at = 0; at < connections.size(); at++) {
            var there = connections.get(at);
            onLoop(at, () -> there.forEach(action));
        }
    }
}
