package tv.roster.platform.database.session;

import io.netty.channel.ChannelOption;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection that is open, and the statements that are under way on it. It belongs to one event loop and is used
/// there alone, so that nothing of it needs a lock.
///
/// A connection on which anything went wrong is never used again: it is closed, and whatever waits on it is told at
/// once what is known of its outcome.
public final class Session {
    private static final String ARE_YOU_THERE = "select 1";

    private final Connector.Opened opened;
    private final Keeper keeper;
    private final ArrayDeque<InFlight> sent = new ArrayDeque<>();

    /// Places that are taken.
    private int used;

    private long lastSent = System.nanoTime();
    private long lastUsed = lastSent;
    private boolean ended;
    private boolean late;

    /// What PostgreSQL said when it ended the session: then it did nothing that it had not answered before.
    private @Nullable PgException lastWord;

    /// Is told what became of a statement: rows or a failure.
    @FunctionalInterface
    public interface Answered {
        void accept(@Nullable RowSet<Row> rows, @Nullable Failed failure);
    }

    /// Whose session it is.
    ///
    /// @param gone    told once when the session has ended
    /// @param renew   told when it and all that began before should get no more work
    /// @param trouble told what failed for a reason that lies in the database or on the way to it
    public record Keeper(Consumer<Session> gone, Runnable renew, Trouble trouble) {}

    public Session(Connector.Opened opened, Keeper keeper) {
        this.opened = opened;
        this.keeper = keeper;
        opened.connection().exceptionHandler(this::broken);
        opened.connection().noticeHandler(notice -> {});
        opened.connection().closeHandler(nothing -> end());
    }

    /// Sends a prepared statement, once for each tuple.
    public void send(String sql, List<Tuple> parameters, Answered then) {
        lastUsed = System.nanoTime();
        var statement = opened.connection().preparedQuery(sql);
        track(
                then,
                () -> parameters.size() == 1
                        ? statement.execute(parameters.getFirst())
                        : statement.executeBatch(parameters));
    }

    /// Sends a command, or some of them with semicolons between.
    public void command(String sql, Answered then) {
        lastUsed = System.nanoTime();
        track(then, () -> opened.connection().query(sql).execute());
    }

    private void track(Answered then, Sending sending) {
        if (ended) {
            then.accept(null, Failed.unsent(ClosedConnectionException.INSTANCE));
            return;
        }
        lastSent = System.nanoTime();
        var entry = new InFlight(lastSent, then);
        sent.add(entry);
        Future<RowSet<Row>> answer;
        try {
            answer = sending.send();
        } catch (RuntimeException e) {
            entry.done = true;
            then.accept(null, Failed.unsent(e));
            return;
        }
        answer.onComplete(entry);
    }

    @FunctionalInterface
    private interface Sending {
        Future<RowSet<Row>> send();
    }

    /// A statement that is under way.
    private final class InFlight implements Handler<AsyncResult<RowSet<Row>>> {
        private final long since;
        private final Answered then;
        private boolean done;

        InFlight(long since, Answered then) {
            this.since = since;
            this.then = then;
        }

        @Override
        public void handle(AsyncResult<RowSet<Row>> result) {
            done = true;
            for (var first = sent.peek(); first != null && first.done; first = sent.peek()) {
                sent.poll();
            }
            if (result.succeeded()) {
                then.accept(result.result(), null);
                return;
            }
            var failure = failed(result.cause());
            if (failure.isTrouble()) {
                keeper.trouble.failed(failure.cause());
            }
            if (SqlState.of(result.cause()).endsSessions()) {
                keeper.renew.run();
            }
            then.accept(null, failure);
        }
    }

    private Failed failed(Throwable cause) {
        if (cause instanceof PgException) {
            return new Failed(cause, Failed.Outcome.NOTHING, false);
        }
        if (!(cause instanceof ClosedConnectionException)) {
            // The client had not sent it, or would not.
            return new Failed(cause, Failed.Outcome.NOTHING, late);
        }
        return lastWord == null
                ? new Failed(late ? new TimeoutException("no answer in time") : cause, Failed.Outcome.UNKNOWN, late)
                : new Failed(lastWord, Failed.Outcome.NOTHING, false);
    }

    private void broken(Throwable cause) {
        if (cause instanceof PgException word) {
            lastWord = word;
        }
        abort();
    }

    public boolean ended() {
        return ended;
    }

    public boolean isIdle() {
        return used == 0 && sent.isEmpty();
    }

    /// Places that are taken.
    public int used() {
        return used;
    }

    public void take() {
        used++;
    }

    public void free() {
        used--;
    }

    /// Since when the first of the statements under way waits for its answer; `now` where none is.
    public long waitingSince(long now) {
        var first = sent.peek();
        return first == null ? now : first.since;
    }

    /// When something was sent last.
    public long lastSent() {
        return lastSent;
    }

    /// When somebody used it last.
    public long lastUsed() {
        return lastUsed;
    }

    /// Keeps the lease of a session that has nothing to do, and finds out whether anybody is there.
    public void ping() {
        track(
                (rows, failure) -> {},
                () -> opened.connection().query(ARE_YOU_THERE).execute());
    }

    /// Gives it up because an answer takes too long.
    public void giveUp() {
        late = true;
        abort();
    }

    /// Closes the socket at once, and what the kernel has not sent yet is dropped.
    public void abort() {
        if (opened.channel().isOpen()) {
            opened.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            // Past what TLS would still like to say.
            var _ = opened.channel().pipeline().firstContext().close();
        }
        end();
    }

    /// Says goodbye, where nothing is under way.
    public void close() {
        if (sent.isEmpty()) {
            opened.connection().close();
            end();
        } else {
            abort();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            Connector.close(opened.client());
            keeper.gone.accept(this);
        }
    }
}
