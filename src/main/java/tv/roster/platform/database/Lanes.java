package tv.roster.platform.database;

import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tv.roster.platform.database.session.Connector;
import tv.roster.platform.database.session.Outage;
import tv.roster.platform.database.session.Trouble;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.eventloop.Loop;

/// All connections to PostgreSQL: for each [Lane], some on each event loop, so that a statement is sent on the loop
/// that its request runs on, and its rows arrive there.
///
/// Statements that only read share few connections: the more of them are sent together, the less each costs
/// PostgreSQL. Statements that write use the others: each waits for the disk, and those that wait together are
/// written together. No read waits for a write.
///
/// The pools of Vert.x are not used, since every statement in them takes a lock that all loops share and sets a
/// timer; docs/decisions/0012-requests-on-the-event-loop.md has the measurements.
final class Lanes implements AutoCloseable {
    /// One in this many connections is for reading.
    private static final int READING_SHARE = 4;

    /// There is one connection for lists for this many other connections.
    private static final int LISTS_SHARE = 2;

    private static final int TRANSACTIONS_AT_ONCE = 16;
    private static final long LOOK_MS = 250;
    private static final long CLOSE_SECONDS = 2;

    private final EventLoops loops;
    private final Connector connector;
    private final Map<Lane, List<SessionPool>> pools = new EnumMap<>(Lane.class);
    private final List<Lookups> lookups;
    private final List<Future<?>> looks = new ArrayList<>();
    private final Map<Lane, LaneFigures> figures = new EnumMap<>(Lane.class);
    private final Outage outage = new Outage();
    private final Trouble reads = new Trouble("reads", outage);
    private final Trouble writes = new Trouble("writes", outage);

    /// `connections` is the number for single statements, distributed over the loops; those for lists and
    /// transactions are additional.
    Lanes(EventLoops loops, Connector connector, int connections) {
        this.loops = loops;
        this.connector = connector;
        int used = Math.min(loops.size(), connections);
        add(Lane.READING, used, index -> readers(share(connections, used, index)));
        add(Lane.WRITING, used, index -> {
            int share = share(connections, used, index);
            return Math.max(1, share - readers(share));
        });
        add(Lane.TRANSACTIONS, loops.size(), index -> share(TRANSACTIONS_AT_ONCE, loops.size(), index));
        // At least two per loop, so that one owner cannot use all of them.
        int lists = Math.max(2, connections / LISTS_SHARE);
        int loopsOfLists = Math.min(loops.size(), lists / 2);
        add(Lane.LISTS, loopsOfLists, index -> share(lists, loopsOfLists, index));
        pools.put(Lane.HOUSEKEEPING, List.of(pool(loops.apart().loop(0), Lane.HOUSEKEEPING, 1)));
        lookups = pools(Lane.READING).stream().map(Lookups::new).toList();
        pools.values().stream().flatMap(List::stream).forEach(this::lookAfter);
    }

    private static int share(int all, int parts, int index) {
        return Math.max(1, Math.ceilDiv(all - index, parts));
    }

    private static int readers(int share) {
        return Math.max(1, share / READING_SHARE);
    }

    private void add(Lane lane, int parts, java.util.function.IntUnaryOperator size) {
        pools.put(
                lane,
                IntStream.range(0, parts)
                        .mapToObj(index -> pool(loops.loop(index), lane, size.applyAsInt(index)))
                        .toList());
    }

    private SessionPool pool(Loop loop, Lane lane, int size) {
        var counted = figures.computeIfAbsent(lane, LaneFigures::new);
        return new SessionPool(
                loop, connector, lane, size, lane.shareOfOne(size), counted, lane.onlyReads() ? reads : writes);
    }

    private void lookAfter(SessionPool pool) {
        looks.add(pool.loop()
                .netty()
                .scheduleWithFixedDelay(() -> pool.look(System.nanoTime()), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS));
    }

    /// The pool of this lane on the loop of the calling request.
    SessionPool here(Lane lane) {
        var all = pools(lane);
        return all.get(loops.here().index() % all.size());
    }

    Lookups lookupsHere() {
        return lookups.get(loops.here().index() % lookups.size());
    }

    private List<SessionPool> pools(Lane lane) {
        return pools.getOrDefault(lane, List.of());
    }

    /// The failures of statements that only read.
    Trouble reads() {
        return reads;
    }

    /// The failures of statements that can write.
    Trouble writes() {
        return writes;
    }

    /// Of reads and writes together.
    Outage outage() {
        return outage;
    }

    /// What is counted about each lane.
    List<LaneFigures> figures() {
        return List.copyOf(figures.values());
    }

    @Override
    public void close() {
        looks.forEach(look -> look.cancel(false));
        var all = pools.values().stream().flatMap(List::stream).toList();
        var closed = new CountDownLatch(all.size());
        all.forEach(pool -> pool.loop().netty().execute(() -> {
            pool.close();
            closed.countDown();
        }));
        try {
            var _ = closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
