package tv.roster.database;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.eventloop.EventLoops;
import tv.roster.eventloop.Loop;

/// Pipelined connections, some on each event loop: a statement goes out on the loop that its request runs on, and its
/// rows come back there. Each is made when a statement first needs it, and made again after it broke.
///
/// Statements that only read share few connections: the more of them come together, the less each costs PostgreSQL.
/// Those that write have the others: each waits for the disk, and what waits together is written together; nothing that
/// reads stands in line behind them.
///
/// Vert.x has a pool of pipelined connections, but it leads every statement through a lock that all loops share and
/// sets a timer for it; docs/decisions/0012-requests-on-the-event-loop.md has the figures.
final class Pipelines implements AutoCloseable {
    /// Statements that go out in one write: those that one turn of the event loop brings.
    private static final int FLUSH_AFTER = 256;

    /// Of so many connections, one is for reading.
    private static final int READING_SHARE = 4;

    private final EventLoops loops;
    private final PgConnectOptions options;
    private final List<Pipeline> pipelines = new ArrayList<>();
    private volatile boolean closed;

    /// `connections` in all, spread over the loops.
    Pipelines(EventLoops loops, PgConnectOptions options, int connections) {
        this.loops = loops;
        this.options = options;
        int used = Math.min(loops.size(), connections);
        for (int i = 0; i < used; i++) {
            pipelines.add(new Pipeline(loops.loop(i), Math.ceilDiv(connections - i, used)));
        }
    }

    /// Sends a prepared statement that may write.
    Future<RowSet<Row>> send(String sql, Tuple parameters) {
        return here().write(sql, List.of(parameters));
    }

    /// Sends a prepared statement that only reads.
    Future<RowSet<Row>> read(String sql, Tuple parameters) {
        return here().read(sql, List.of(parameters));
    }

    /// Sends a prepared statement that reads by a unique key.
    Future<RowSet<Row>> lookUp(String sql, Tuple parameters) {
        return here().lookups.send(sql, parameters);
    }

    private Pipeline here() {
        return pipelines.get(loops.here().index() % pipelines.size());
    }

    /// The connections of one loop.
    private final class Pipeline {
        private final List<Line> reading = new ArrayList<>();
        private final List<Line> writing = new ArrayList<>();
        private final Lookups lookups;

        Pipeline(Loop loop, int connections) {
            int readers = Math.max(1, connections / READING_SHARE);
            for (int i = 0; i < connections; i++) {
                (i < readers ? reading : writing).add(new Line(loop));
            }
            lookups = new Lookups(loop, this::read);
        }

        Future<RowSet<Row>> read(String sql, List<Tuple> parameters) {
            return leastBusy(reading).send(sql, parameters);
        }

        Future<RowSet<Row>> write(String sql, List<Tuple> parameters) {
            return leastBusy(writing.isEmpty() ? reading : writing).send(sql, parameters);
        }

        private static Line leastBusy(List<Line> lines) {
            var best = lines.getFirst();
            for (int i = 1; i < lines.size(); i++) {
                var line = lines.get(i);
                if (line.underWay.get() < best.underWay.get()) {
                    best = line;
                }
            }
            return best;
        }

        Stream<Line> lines() {
            return Stream.concat(reading.stream(), writing.stream());
        }
    }

    /// One connection, whenever there is one.
    private final class Line {
        private final Loop loop;
        private final AtomicReference<@Nullable Future<PgConnection>> connection = new AtomicReference<>();
        private final AtomicInteger underWay = new AtomicInteger();

        Line(Loop loop) {
            this.loop = loop;
        }

        /// Sends a statement once for each tuple; the answer comes in time or fails.
        Future<RowSet<Row>> send(String sql, List<Tuple> parameters) {
            underWay.incrementAndGet();
            var open = connection();
            var rows = open.succeeded()
                    ? execute(open.result(), sql, parameters)
                    : open.compose(made -> execute(made, sql, parameters));
            return Database.inTime(rows).onComplete(result -> underWay.decrementAndGet());
        }

        private static Future<RowSet<Row>> execute(PgConnection connection, String sql, List<Tuple> parameters) {
            var statement = connection.preparedQuery(sql);
            return parameters.size() == 1
                    ? statement.execute(parameters.getFirst())
                    : statement.executeBatch(parameters);
        }

        private Future<PgConnection> connection() {
            var known = connection.get();
            if (known != null) {
                return known;
            }
            Promise<PgConnection> made = Promise.promise();
            if (!connection.compareAndSet(null, made.future())) {
                return connection();
            }
            loop.newContext().runOnContext(nothing -> connect(made));
            return made.future();
        }

        private void connect(Promise<PgConnection> made) {
            PgConnection.connect(loops.vertx(), options).onComplete(result -> {
                if (result.failed()) {
                    forget(made);
                    made.fail(result.cause());
                    return;
                }
                var open = result.result();
                open.exceptionHandler(failure -> forget(made));
                open.closeHandler(nothing -> forget(made));
                tune(open);
                made.complete(open);
                if (closed) {
                    open.close();
                }
            });
        }

        private void forget(Promise<PgConnection> made) {
            connection.compareAndSet(made.future(), null);
        }

        void close() {
            var open = connection.get();
            if (open != null) {
                open.onSuccess(PgConnection::close);
            }
        }
    }

    /// Lets the statements of one turn of the loop go out together, which spares both sides a system call for each; and
    /// takes buffers from the pool, for Netty's own choice makes some of them anew each time.
    private static void tune(PgConnection connection) {
        var socket = ((SocketConnectionBase) ((SqlConnectionBase<?>) connection).unwrap()).socket();
        var channel = socket.channelHandlerContext().channel();
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AFTER, true));
    }

    @Override
    public void close() {
        closed = true;
        pipelines.stream().flatMap(Pipeline::lines).forEach(Line::close);
    }
}
