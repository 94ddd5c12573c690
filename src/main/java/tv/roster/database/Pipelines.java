package tv.roster.database;

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
import java.util.concurrent.atomic.AtomicReferenceArray;
import tv.roster.eventloop.EventLoops;
import tv.roster.eventloop.Loop;

/// Pipelined connections, some on each event loop: a statement goes out on the loop that its request runs on, and its
/// rows come back there. Each is made when a statement first needs it, and made again after it broke.
///
/// Vert.x has a pool of pipelined connections, but it leads every statement through a lock that all loops share and
/// sets a timer for it; docs/decisions/0012-requests-on-the-event-loop.md has the figures.
final class Pipelines implements AutoCloseable {
    /// Statements that go out in one write: those that one turn of the event loop brings.
    private static final int FLUSH_AFTER = 256;

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

    /// Sends a prepared statement.
    Future<RowSet<Row>> send(String sql, Tuple parameters) {
        return pipelines.get(loops.here().index() % pipelines.size()).send(sql, parameters);
    }

    /// The connections of one loop.
    private final class Pipeline {
        private final Loop loop;
        private final AtomicReferenceArray<Future<PgConnection>> slots;
        private final AtomicInteger next = new AtomicInteger();

        Pipeline(Loop loop, int connections) {
            this.loop = loop;
            this.slots = new AtomicReferenceArray<>(connections);
        }

        Future<RowSet<Row>> send(String sql, Tuple parameters) {
            var connection = connection(Math.floorMod(next.getAndIncrement(), slots.length()));
            return connection.succeeded()
                    ? connection.result().preparedQuery(sql).execute(parameters)
                    : connection.compose(made -> made.preparedQuery(sql).execute(parameters));
        }

        private Future<PgConnection> connection(int slot) {
            var known = slots.get(slot);
            if (known != null) {
                return known;
            }
            Promise<PgConnection> made = Promise.promise();
            if (!slots.compareAndSet(slot, null, made.future())) {
                return connection(slot);
            }
            loop.newContext().runOnContext(nothing -> connect(slot, made));
            return made.future();
        }

        private void connect(int slot, Promise<PgConnection> made) {
            PgConnection.connect(loops.vertx(), options).onComplete(result -> {
                if (result.failed()) {
                    forget(slot, made);
                    made.fail(result.cause());
                    return;
                }
                var connection = result.result();
                connection.exceptionHandler(failure -> forget(slot, made));
                connection.closeHandler(nothing -> forget(slot, made));
                joinWrites(connection);
                made.complete(connection);
                if (closed) {
                    connection.close();
                }
            });
        }

        private void forget(int slot, Promise<PgConnection> made) {
            slots.compareAndSet(slot, made.future(), null);
        }

        void close() {
            for (int slot = 0; slot < slots.length(); slot++) {
                var open = slots.get(slot);
                if (open != null) {
                    open.onSuccess(PgConnection::close);
                }
            }
        }
    }

    /// Lets the statements of one turn of the loop go out together, which spares both sides a system call for each.
    private static void joinWrites(PgConnection connection) {
        var socket = ((SocketConnectionBase) ((SqlConnectionBase<?>) connection).unwrap()).socket();
        socket.channelHandlerContext().pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AFTER, true));
    }

    @Override
    public void close() {
        closed = true;
        pipelines.forEach(Pipeline::close);
    }
}
