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

/// An open connection and the statements in progress on it. It belongs to one event loop and is used only there, so
/// it needs no locks.
///
/// A connection on which anything has failed is not used again: it is closed, and every waiting statement
/// immediately receives what is known about its outcome.
public final class Session {
    private static final String ARE_YOU_THERE = "select 1";

    private final Connector.Opened opened;
    private final Keeper keeper;
    private final ArrayDeque<InFlight> sent = new ArrayDeque<>();

    /// The number of places in use.
    private int used;

    private long lastSent = System.nanoTime();
    private long lastUsed = lastSent;
    private boolean ended;
    private boolean late;

    /// PostgreSQL's error when it ended the session: it has done nothing that it had not confirmed before.
    private @Nullable PgException lastWord;

    /// Receives the outcome of a statement: rows or a failure.
    @FunctionalInterface
    public interface Answered {
        void accept(@Nullable RowSet<Row> rows, @Nullable Failed failure);
    }

    /// The pool that the session belongs to.
    ///
    /// @param gone    called once when the session has ended
    /// @param renew   called when this and all earlier sessions should get no more work
    /// @param trouble receives failures whose cause is the database or the connection to it
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

    /// Sends a command, or several separated by semicolons.
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

    /// A statement in progress.
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
            // The client has not sent it, and will not.
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

    /// The number of places in use.
    public int used() {
        return used;
    }

    public void take() {
        used++;
    }

    public void free() {
        used--;
    }

    /// Since when the oldest statement in progress has been waiting for its reply; `now` if there is none.
    public long waitingSince(long now) {
        var first = sent.peek();
        return first == null ? now : first.since;
    }

    /// When something was last sent.
    public long lastSent() {
        return lastSent;
    }

    /// When the session was last used.
    public long lastUsed() {
        return lastUsed;
    }

    /// Renews the lease of an idle session, and detects a lost connection.
    public void ping() {
        track(
                (rows, failure) -> {},
                () -> opened.connection().query(ARE_YOU_THERE).execute());
    }

    /// Gives up the session because a reply takes too long.
    public void giveUp() {
        late = true;
        abort();
    }

    /// Closes the socket immediately; what the kernel has not sent yet is dropped.
    public void abort() {
        if (opened.channel().isOpen()) {
            opened.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            // Bypasses TLS, which would send a closing message first.
            var _ = opened.channel().pipeline().firstContext().close();
        }
        end();
    }

    /// Closes the session in an orderly way, if nothing is in progress.
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
