package tv.roster.platform.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.NoAnswer;
import tv.roster.platform.database.session.Reply;
import tv.roster.platform.database.session.Session;
import tv.roster.platform.sql.Statements;

/// A transaction on a connection of its own. If it fails, it is rolled back; if the rollback fails as well, the
/// connection is closed, and the transaction ends at the latest with the session's lease.
final class OneTransaction implements Statements {
    private final ConnectionJob place;
    private final Session session;
    private int savepoints;

    /// A statement has failed since the last savepoint, so PostgreSQL would turn a commit into a rollback.
    private boolean broken;

    private OneTransaction(ConnectionJob place, Session session) {
        this.place = place;
        this.session = session;
    }

    /// Runs `work` in a separate transaction, in the share of places of `owner`. Throws [Failures.Again] if the
    /// whole transaction can be attempted again.
    static <T> T run(SessionPool pool, @Nullable UUID owner, Function<Statements, T> work) {
        var place = new ConnectionJob(pool, owner);
        place.submit();
        Session session;
        try {
            session = place.reply.await();
        } catch (NoAnswer e) {
            throw Failures.meaning(e.failed(), Lane.TRANSACTIONS);
        }
        return new OneTransaction(place, session).run(work);
    }

    private <T> T run(Function<Statements, T> work) {
        boolean clean = false;
        try {
            command("begin");
            T result;
            try {
                result = work.apply(this);
            } catch (RuntimeException e) {
                clean = isDone("rollback");
                throw e;
            }
            commit();
            clean = true;
            return result;
        } finally {
            boolean reusable = clean;
            onLoop(() -> {
                if (!reusable) {
                    session.abort();
                }
                place.pool().free(place, session);
            });
        }
    }

    private void commit() {
        if (broken) {
            throw new IllegalStateException("A statement had failed, and the transaction was to be committed");
        }
        try {
            await(answered -> session.command("commit", answered));
        } catch (NoAnswer e) {
            throw Failures.meaning(e.failed(), Lane.TRANSACTIONS);
        }
    }

    @Override
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        try {
            return await(answered -> session.send(sql, List.of(Tuple.wrap(parameters)), answered));
        } catch (NoAnswer e) {
            broken = true;
            throw Failures.meaning(e.failed().undone(), Lane.TRANSACTIONS);
        }
    }

    private void command(String sql) {
        try {
            await(answered -> session.command(sql, answered));
        } catch (NoAnswer e) {
            broken = true;
            throw Failures.meaning(e.failed().undone(), Lane.TRANSACTIONS);
        }
    }

    private boolean isDone(String sql) {
        try {
            await(answered -> session.command(sql, answered));
            return true;
        } catch (NoAnswer e) {
            return false;
        }
    }

    @Override
    public <T> T inTransaction(Function<Statements, T> work) {
        var savepoint = "part" + ++savepoints;
        boolean before = broken;
        command("savepoint " + savepoint);
        T result;
        try {
            result = work.apply(this);
        } catch (RuntimeException e) {
            if (isDone("rollback to savepoint " + savepoint + "; release savepoint " + savepoint)) {
                broken = before;
            }
            throw e;
        }
        command("release savepoint " + savepoint);
        return result;
    }

    @Override
    public <T> T attempt(Function<Statements, T> work) {
        return inTransaction(work);
    }

    private RowSet<Row> await(java.util.function.Consumer<Session.Answered> send) {
        var reply = new Reply<RowSet<Row>>();
        onLoop(() -> send.accept((rows, failure) -> {
            place.figures().done(1, LaneFigures.Outcome.of(failure));
            reply.settle(rows, failure);
        }));
        return reply.await();
    }

    private void onLoop(Runnable work) {
        place.pool().loop().netty().execute(work);
    }

    /// Occupies a connection for a whole transaction.
    private static final class ConnectionJob extends Job {
        private final Reply<Session> reply = new Reply<>();

        private final @Nullable UUID owner;

        ConnectionJob(SessionPool pool, @Nullable UUID owner) {
            super(pool);
            this.owner = owner;
        }

        @Override
        @Nullable
        UUID owner() {
            return owner;
        }

        @Override
        void start(Session session) {
            reply.give(session);
        }

        @Override
        void fail(Failed failure) {
            reply.fail(failure);
        }
    }
}
