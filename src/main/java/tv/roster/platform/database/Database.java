package tv.roster.platform.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Connector;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.NoAnswer;
import tv.roster.platform.database.session.Trouble;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;

/// The PostgreSQL connections that requests use: single statements are pipelined over a few of them; transactions
/// and lists occupy one each. Each [Lane] has its own connections.
public final class Database implements Statements, AutoCloseable {
    private static final int FIRST_CONNECTIONS_MS = 30_000;

    private final EventLoops loops;
    private final Lanes lanes;
    private final Readiness readiness;

    /// Connects when the first statement is sent; `connections` is the maximum number of pipelined connections.
    public Database(EventLoops loops, DatabaseAddress address, int connections) {
        this.loops = loops;
        lanes = new Lanes(loops, new Connector(loops, address), connections);
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

    /// A single statement needs no transaction, since nothing remains of it if it fails.
    @Override
    public <T> T attempt(Function<Statements, T> work) {
        return work.apply(this);
    }

    /// For the calls of one owner (a tenant), whose writes and transactions can use only a share of the places.
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

    /// For lists: on separate connections, at most half of them for one owner (a tenant, or an admin key). Throws
    /// [TookTooLong] if PostgreSQL takes more than a few seconds.
    public Statements lists(UUID owner) {
        return new Reading(Lane.LISTS, owner);
    }

    /// For what the server itself must know in time, such as which keys are in force: reads on a connection that no
    /// call uses.
    public Statements housekeeping() {
        return new Reading(Lane.HOUSEKEEPING, null);
    }

    /// Runs statements that only read, each on its own.
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

    /// Counts the calls that an outage costs, and not what the server does by itself.
    private Refusal counted(Refusal refusal) {
        if (refusal.status() >= ErrorCode.INTERNAL.status() && loops.isRequest()) {
            lanes.outage().refusedCall();
        }
        return refusal;
    }

    private <T> T again(Trouble trouble, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                var result = work.get();
                trouble.worked();
                return result;
            } catch (Failures.Again e) {
                if (attempt >= e.attempts()) {
                    throw counted(e.refusal());
                }
                e.pause(attempt);
            } catch (Refusal refusal) {
                throw counted(refusal);
            }
        }
    }

    /// Starts to open the first connections without waiting for them.
    public void beginToConnect() {
        for (var lane : new Lane[] {Lane.READING, Lane.WRITING, Lane.TRANSACTIONS, Lane.HOUSEKEEPING}) {
            lanes.here(lane).warmUp();
        }
    }

    /// Opens the first connections and waits for them. During a start on a busy machine, this can take longer than
    /// a request would wait.
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

    /// What is counted about the connections of each purpose.
    public List<LaneFigures> figures() {
        return lanes.figures();
    }

    /// Whether a write would succeed now: not if the database is unavailable, a standby or out of disk space. Costs
    /// nothing; the result is at most a few seconds old.
    public boolean isReady() {
        return readiness.isReady();
    }

    @Override
    public void close() {
        readiness.close();
        lanes.close();
    }
}
