package tv.roster.platform.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.Reply;
import tv.roster.platform.database.session.Session;

/// A single statement that a thread waits for.
final class StatementJob extends Job {
    private final Reply<RowSet<Row>> reply = new Reply<>();
    private final @Nullable UUID owner;
    private final BiConsumer<Session, Session.Answered> sending;

    private StatementJob(SessionPool pool, @Nullable UUID owner, BiConsumer<Session, Session.Answered> sending) {
        super(pool);
        this.owner = owner;
        this.sending = sending;
    }

    /// Runs a prepared statement. Throws [NoAnswer].
    static RowSet<Row> run(SessionPool pool, @Nullable UUID owner, String sql, @Nullable Object... parameters) {
        var tuples = List.of(Tuple.wrap(parameters));
        return run(new StatementJob(pool, owner, (session, answered) -> session.send(sql, tuples, answered)));
    }

    /// Runs a command, or several separated by semicolons. Throws [NoAnswer].
    static RowSet<Row> command(SessionPool pool, String sql) {
        return run(new StatementJob(pool, null, (session, answered) -> session.command(sql, answered)));
    }

    private static RowSet<Row> run(StatementJob job) {
        job.submit();
        return job.reply.await();
    }

    @Override
    @Nullable
    UUID owner() {
        return owner;
    }

    @Override
    void start(Session session) {
        sending.accept(session, (rows, failure) -> {
            figures().done(1, LaneFigures.Outcome.of(failure));
            reply.settle(rows, failure);
            pool().free(this, session);
        });
    }

    @Override
    void fail(Failed failure) {
        reply.fail(failure);
    }
}
