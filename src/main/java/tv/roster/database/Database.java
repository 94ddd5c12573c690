package tv.roster.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.eventloop.EventLoops;
import tv.roster.jsonapi.Refusal;

/// PostgreSQL on the request's path: single statements over few pipelined connections, transactions over a pool.
public final class Database implements Statements, AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final int PIPELINING_LIMIT = 64;
    private static final int TRANSACTIONS_AT_ONCE = 16;
    private static final int STATEMENT_TIMEOUT_MS = 10_000;
    private static final int ANSWER_TIMEOUT_SECONDS = 15;
    private static final int HOUSEKEEPING_TIMEOUT_MS = 2_000;
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int FIRST_CONNECTIONS_MS = 30_000;

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final PgConnectOptions connectOptions;
    private final Vertx vertx;
    private final Pipelines pipelines;
    private final Pool pool;
    private final Lists lists = new Lists();
    private final Pool listPool;
    private final Pool housekeeping;

    /// Connects when the first statement comes; `connections` pipelined ones at the most.
    public Database(EventLoops loops, DatabaseAddress address, int connections) {
        connectOptions = connectOptions(address);
        vertx = loops.vertx();
        pipelines = new Pipelines(loops, connectOptions, connections);
        pool = pool(connectOptions, TRANSACTIONS_AT_ONCE);
        listPool = pool(reading(connectOptions, Lists.STATEMENT_TIMEOUT_MS), Lists.AT_ONCE);
        housekeeping = pool(reading(connectOptions, HOUSEKEEPING_TIMEOUT_MS), 1);
    }

    private Pool pool(PgConnectOptions options, int size) {
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(size)
                        .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /// For connections that only read: what would write there is refused. One statement never takes more than one
    /// processor.
    static PgConnectOptions reading(PgConnectOptions options, int timeoutMs) {
        return new PgConnectOptions(options)
                .addProperty("default_transaction_read_only", "on")
                .addProperty("max_parallel_workers_per_gather", "0")
                .addProperty("statement_timeout", Integer.toString(timeoutMs));
    }

    private static PgConnectOptions connectOptions(DatabaseAddress address) {
        var options = new PgConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setDatabase(address.database())
                .setUser(address.user())
                .setPassword(address.password().value())
                .setSslMode(SslMode.of(address.sslMode().word()))
                .setPipeliningLimit(PIPELINING_LIMIT);
        options.setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(512)
                .setPreparedStatementCacheSqlLimit(Integer.MAX_VALUE)
                .addProperty("statement_timeout", Integer.toString(STATEMENT_TIMEOUT_MS))
                .addProperty("application_name", "roster");
        return options;
    }

    @Override
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        return again(() -> join(pipelines.send(sql, Tuple.wrap(parameters))));
    }

    @Override
    public RowSet<Row> read(String sql, @Nullable Object... parameters) {
        return again(() -> join(pipelines.read(sql, Tuple.wrap(parameters))));
    }

    /// For lists: on connections of their own, a few at once for one owner (a tenant, or a key that administers).
    /// Throws [TookTooLong] where PostgreSQL takes more than a few seconds.
    public Statements lists(UUID owner) {
        return new Lists.Reading(sql -> parameters -> lists.run(
                owner,
                () -> again(() -> join(inTime(listPool.preparedQuery(sql).execute(Tuple.wrap(parameters)))
                        .recover(Failures::tooLong)))));
    }

    /// For what the server itself has to know in time, such as which keys are in force: reads on a connection that no
    /// call uses.
    public Statements housekeeping() {
        return new Lists.Reading(sql ->
                parameters -> again(() -> await(housekeeping.preparedQuery(sql).execute(Tuple.wrap(parameters)))));
    }

    @Override
    public Optional<Row> lookUp(String sql, @Nullable Object... parameters) {
        return Statements.only(again(() -> join(pipelines.lookUp(sql, Tuple.wrap(parameters)))));
    }

    @Override
    public <T> T inTransaction(Function<Statements, T> work) {
        return again(() -> {
            var connection = await(pool.getConnection());
            try {
                return inTransaction(connection, work);
            } finally {
                connection.close();
            }
        });
    }

    private static <T> T inTransaction(SqlConnection connection, Function<Statements, T> work) {
        await(connection.query("begin").execute());
        try {
            var result = work.apply(new Transaction(connection));
            await(connection.query("commit").execute());
            return result;
        } catch (RuntimeException e) {
            rollBack(connection);
            throw e;
        }
    }

    private static void rollBack(SqlConnection connection) {
        try {
            await(connection.query("rollback").execute());
        } catch (RuntimeException e) {
            // The connection is gone, and its transaction with it.
        }
    }

    /// A single statement needs no transaction: its failure leaves nothing behind.
    @Override
    public <T> T attempt(Function<Statements, T> work) {
        return work.apply(this);
    }

    /// Statements inside an open transaction.
    private record Transaction(SqlConnection connection) implements Statements {
        @Override
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            return await(connection.preparedQuery(sql).execute(Tuple.wrap(parameters)));
        }

        @Override
        public <T> T inTransaction(Function<Statements, T> work) {
            await(connection.query("savepoint part").execute());
            try {
                var result = work.apply(this);
                await(connection.query("release savepoint part").execute());
                return result;
            } catch (RuntimeException e) {
                await(connection.query("rollback to savepoint part").execute());
                throw e;
            }
        }

        @Override
        public <T> T attempt(Function<Statements, T> work) {
            return inTransaction(work);
        }
    }

    private <T> T again(Supplier<T> work) {
        begun.increment();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return work.get();
                } catch (TransientFailure e) {
                    if (attempt == ATTEMPTS) {
                        throw Failures.unavailable();
                    }
                }
            }
        } finally {
            ended.increment();
        }
    }

    /// What an answer gives, or a failure where it takes too long: a connection may be dead without a word.
    static <T> Future<T> inTime(Future<T> answer) {
        return answer.timeout(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T await(Future<T> future) {
        return join(inTime(future));
    }

    /// Waits for a future that comes [#inTime], for a timer of the event loop costs less than a wait with an end. On a
    /// virtual thread, which leaves its event loop free meanwhile.
    private static <T> T join(Future<T> future) {
        if (!future.isComplete()) {
            var thread = Thread.currentThread();
            future.onComplete(result -> LockSupport.unpark(thread));
            while (!future.isComplete()) {
                LockSupport.park(future);
                if (thread.isInterrupted()) {
                    throw Failures.unavailable();
                }
            }
        }
        if (future.failed()) {
            throw Failures.isTransient(future.cause()) ? new TransientFailure() : Failures.meaning(future.cause());
        }
        return future.result();
    }

    /// Lets the first connections be opened, and does not wait for them.
    public void beginToConnect() {
        var _ = pipelines.read("select 1", Tuple.tuple());
        var _ = pipelines.send("select 1", Tuple.tuple());
        pool.getConnection().onSuccess(SqlConnection::close);
    }

    /// Opens the first connections. At the start of a server, on a machine busy with much else, that may take longer
    /// than a request would wait.
    public void warmUp() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FIRST_CONNECTIONS_MS);
        while (true) {
            try {
                read("select 1");
                query("select 1");
                inTransaction(transaction -> transaction.query("select 1"));
                return;
            } catch (Refusal refusal) {
                if (System.nanoTime() > end) {
                    throw refusal;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /// Calls `heard` whenever something is notified on `channel`, from the moment the database can be reached until it
    /// is closed. What is notified while the connection is away is lost: good for hints only.
    public AutoCloseable listen(String channel, Runnable heard) {
        var options = new PgConnectOptions(connectOptions).addProperty("application_name", "roster hints");
        return new Notifications(vertx, options, channel, heard);
    }

    /// Statements and transactions that are under way now.
    public long underWay() {
        return begun.sum() - ended.sum();
    }

    /// Statements and transactions since the start.
    public long done() {
        return ended.sum();
    }

    /// Connections of the transactions' pool that are open now.
    public int openConnections() {
        return pool.size();
    }

    /// Whether the database answers now.
    public boolean isReachable() {
        try {
            housekeeping().read("select 1");
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pipelines.close();
        await(pool.close());
        await(listPool.close());
        await(housekeeping.close());
    }

    private static final class TransientFailure extends RuntimeException {
        TransientFailure() {
            super("try again", null, false, false);
        }
    }
}
