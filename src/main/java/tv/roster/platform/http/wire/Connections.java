package tv.roster.platform.http.wire;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.eventloop.Loop;
import tv.roster.platform.http.limits.Addresses;
import tv.roster.platform.http.limits.Buffers;
import tv.roster.platform.http.limits.HeldMemory;
import tv.roster.platform.http.wire.HttpServer.Crowd;

/// All connections of a server: how many there are, of all clients and of one address, and what they hold. Where they
/// are too many, or hold too much, it closes some of them.
final class Connections {
    private final EventLoops loops;
    private final Crowd crowd;
    private final @Nullable Supplier<SSLEngine> tls;
    private final Serving serving;
    private final List<LoopConnections> byLoop;
    private final List<Buffers> buffers;
    private final HeldMemory held = new HeldMemory();
    private final AtomicInteger open = new AtomicInteger();
    private final Addresses openByAddress;

    /// `tls` is null for plain HTTP.
    Connections(EventLoops loops, Crowd crowd, @Nullable Supplier<SSLEngine> tls, Serving serving) {
        this.loops = loops;
        this.crowd = crowd;
        this.tls = tls;
        this.serving = serving;
        this.openByAddress = new Addresses(crowd.ofOneAddress());
        this.byLoop = Stream.generate(LoopConnections::new).limit(loops.size()).toList();
        this.buffers = Stream.generate(Buffers::new).limit(loops.size()).toList();
    }

    /// Takes a new connection, which waits if another one has to be closed for it.
    void open(Channel channel) {
        var loop = loops.of(channel.eventLoop());
        int address = Addresses.slotOf(channel.remoteAddress(), crowd.proxies());
        boolean tooMany = open.incrementAndGet() > crowd.connections();
        boolean tooManyOfAddress = !openByAddress.add(address);
        var secured = tls == null ? null : new TlsHandler(tls.get());
        var connection = new Connection(this, serving, loop, channel, secured, address);
        if (secured != null) {
            channel.pipeline().addLast(secured);
        }
        channel.pipeline().addLast(connection.decoder(), connection);
        if (tooMany || tooManyOfAddress) {
            connection.hold();
            makeWay(connection, tooManyOfAddress ? address : Addresses.ANY, 0);
        } else {
            byLoop.get(loop.index()).add(connection);
        }
    }

    /// Looks for a connection to close in place of a newer one, from which nothing is read until then: loop by loop,
    /// and among all of them first for one that is of least use.
    private void makeWay(Connection newer, int address, int step) {
        int own = newer.loop().index();
        int at = (own + step) % loops.size();
        int standing = Worth.LEAST + step / loops.size();
        if (standing > Worth.MOST) {
            onLoop(own, newer::close);
        } else if (byLoop.get(at).makeWay(address, standing)) {
            onLoop(own, () -> {
                if (newer.admit()) {
                    byLoop.get(own).add(newer);
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
        byLoop.get(connection.loop().index()).remove(connection);
        open.decrementAndGet();
        openByAddress.remove(connection.address());
    }

    /// Arrays for the responses that are made on a loop.
    Buffers buffers(Loop loop) {
        return buffers.get(loop.index());
    }

    int open() {
        return open.get();
    }

    HeldMemory held() {
        return held;
    }

    /// Closes connections of a loop, on that loop, until no more is held than may be.
    void shed(Loop loop) {
        byLoop.get(loop.index()).shed(held);
    }

    /// Does this with each of a loop's connections. On that loop.
    void forEachOf(Loop loop, Consumer<Connection> action) {
        byLoop.get(loop.index()).forEach(action);
    }

    /// Does this soon with each connection, on its loop.
    void onEach(Consumer<Connection> action) {
        for (var loop : loops.all()) {
            loop.netty().execute(() -> forEachOf(loop, action));
        }
    }
}
