package tv.roster.platform.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Connector;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.NoAnswer;
import tv.roster.platform.database.session.Trouble;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;

/// PostgreSQL on the request's path: single statements over few pipelined connections, transactions and lists one at a
/// time on a connection. Each of these [Lane]s has connections of its own.
public final class Database implements Statements, AutoCloseable {
    private static final int FIRST_CONNECTIONS_MS = 30_000;

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final EventLoops loops;
    private final Connector connector;
    private final Lanes lanes;
    private final Readiness readiness;

    /// Connects when the first statement comes; `connections` pipelined ones at the most.
    public Database(EventLoops loops, DatabaseAddress address, int connections) {
        this.loops = loops;
        connector = new Connector(loops, address);
        lanes = new Lanes(loops, connector, connections);
        readiness = new Readiness(lanes.here(Lane.HOUSEKEEPING), lanes.writes());
    }

    @Override
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        return again(lanes.writes(), () -> run(Lane.WRITING, null, sql, parameters));
    }

    @Override
    public RowSet<Row> read(String sql, @Nullable Object... parameters) {
        return again(lanes.reads(), () -> run(Lane.READING, null, sql, parameters));
    }

    @Override
    public Optional<Row> lookUp(String sql, @Nullable Object... parameters) {
        return Statements.only(again(lanes.reads(), () -> {
            try {
                return lanes.lookupsHere().send(sql, parameters).await();
            } catch (NoAnswer e) {
                throw Failures.meaning(e.failed(), Lane.READING);
            }
        }));
    }

    private RowSet<Row> run(Lane lane, @Nullable UUID owner, String sql, @Nullable Object... parameters) {
        try {
            return StatementJob.run(lanes.here(lane), owner, sql, parameters);
        } catch (NoAnswer e) {
            throw Failures.meaning(e.failed(), lane);
        }
    }

    @Override
    public <T> T inTransaction(Function<Statements, T> work) {
        return inTransaction(null, work);
    }

    private <T> T inTransaction(@Nullable UUID owner, Function<Statements, T> work) {
        return again(lanes.writes(), () -> OneTransaction.run(lanes.here(Lane.TRANSACTIONS), owner, work));
    }

    /// A single statement needs no transaction: its failure leaves nothing behind.
    @Override
    public <T> T attempt(Function<Statements, T> work) {
        return work.apply(this);
    }

    /// For the calls of one owner (a tenant), whose writes and transactions have no more than a share of the places.
    public Statements of(UUID owner) {
        return new Owned(owner);
    }

    private final class Owned implements Statements {
        private final UUID owner;

        Owned(UUID owner) {
            this.owner = owner;
        }

        @Override
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            return again(lanes.writes(), () -> run(Lane.WRITING, owner, sql, parameters));
        }

        @Override
        public RowSet<Row> read(String sql, @Nullable Object... parameters) {
            return Database.this.read(sql, parameters);
        }

        @Override
        public Optional<Row> lookUp(String sql, @Nullable Object... parameters) {
            return Database.this.lookUp(sql, parameters);
        }

        @Override
        public <T> T inTransaction(Function<Statements, T> work) {
            return Database.this.inTransaction(owner, work);
        }

        @Override
        public <T> T attempt(Function<Statements, T> work) {
            return work.apply(this);
        }
    }

    /// For lists: on connections of their own, half of them at the most for one owner (a tenant, or a key that
    /// administers). Throws [TookTooLong] where PostgreSQL takes more than a few seconds.
    public Statements lists(UUID owner) {
        return new Reading(Lane.LISTS, owner);
    }

    /// For what the server itself has to know in time, such as which keys are in force: reads on a connection that no
    /// call uses.
    public Statements housekeeping() {
        return new Reading(Lane.HOUSEKEEPING, null);
    }

    /// Statements that only read, one by one.
    private final class Reading implements Statements {
        private final Lane lane;
        private final @Nullable UUID owner;

        Reading(Lane lane, @Nullable UUID owner) {
            this.lane = lane;
            this.owner = owner;
        }

        @Override
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            return again(lanes.reads(), () -> run(lane, owner, sql, parameters));
        }

        @Override
        public <T> T inTransaction(Function<Statements, T> work) {
            throw new UnsupportedOperationException("Only reads run here");
        }

        @Override
        public <T> T attempt(Function<Statements, T> work) {
            return work.apply(this);
        }
    }

    private <T> T again(Trouble trouble, Supplier<T> work) {
        begun.increment();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    var result = work.get();
                    trouble.worked();
                    return result;
                } catch (Failures.Again e) {
                    if (attempt >= e.attempts()) {
                        throw e.refusal();
                    }
                }
            }
        } finally {
            ended.increment();
        }
    }

    /// Lets the first connections be opened, and does not wait for them.
    public void beginToConnect() {
        for (var lane : new Lane[] {Lane.READING, Lane.WRITING, Lane.TRANSACTIONS, Lane.HOUSEKEEPING}) {
            lanes.here(lane).warmUp();
        }
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
                readiness.start();
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
        return new Notifications(loops.apart().loop(0), connector, channel, heard);
    }

    /// Statements and transactions that are under way now.
    public long underWay() {
        return begun.sum() - ended.sum();
    }

    /// Statements and transactions since the start.
    public long done() {
        return ended.sum();
    }

    /// Connections that are open now.
    public int openConnections() {
        return lanes.openConnections();
    }

    /// Whether a write would work now: not while the database is away, a standby or full. Costs nothing, and is at most
    /// some seconds old.
    public boolean isReady() {
        return readiness.isReady();
    }

    @Override
    public void close() {
        readiness.close();
        lanes.close();
    }
}
