package tv.roster.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tv.roster.eventloop.Loop;

/// Reads by a unique key which one turn of an event loop brings go to PostgreSQL together: bound and executed one by
/// one, with a single Sync behind all of them (PostgreSQL, "Pipelining" in the chapter on its protocol). So PostgreSQL
/// ends one transaction and makes one system call for all the answers instead of one for each.
///
/// Nobody waits for others to come. Where PostgreSQL refuses such a batch, each read is sent again alone, so that one's
/// failure is nobody else's. Where no answer came in time, none would come then.
final class Lookups {
    /// The last of a batch waits for the first, so that batches must not grow without bounds.
    private static final int MOST = 32;

    private final Loop loop;
    private final BiFunction<String, List<Tuple>, Future<RowSet<Row>>> sender;
    private final Map<String, Batch> gathering = new HashMap<>();

    /// `sender` sends a statement once for each tuple of parameters, and tells all the rows.
    Lookups(Loop loop, BiFunction<String, List<Tuple>, Future<RowSet<Row>>> sender) {
        this.loop = loop;
        this.sender = sender;
    }

    /// Sends a statement with the next batch. From any thread.
    synchronized Future<RowSet<Row>> send(String sql, Tuple parameters) {
        var batch = gathering.computeIfAbsent(sql, this::begin);
        var answer = batch.add(parameters);
        if (batch.asked.size() == MOST) {
            gathering.remove(sql);
        }
        return answer;
    }

    /// The batch goes behind all that this turn of the loop has still to do.
    private Batch begin(String sql) {
        var batch = new Batch(sql);
        loop.netty().execute(() -> {
            end(batch);
            send(sql, batch.parameters).onComplete(result -> answer(batch, result));
        });
        return batch;
    }

    private synchronized void end(Batch batch) {
        gathering.remove(batch.sql, batch);
    }

    private void answer(Batch batch, AsyncResult<RowSet<Row>> result) {
        if (result.succeeded()) {
            var rows = result.result();
            for (var asked : batch.asked) {
                asked.complete(rows);
                rows = rows.next();
            }
        } else if (batch.asked.size() == 1 || !(result.cause() instanceof PgException)) {
            batch.asked.forEach(asked -> asked.fail(result.cause()));
        } else {
            for (int i = 0; i < batch.asked.size(); i++) {
                send(batch.sql, List.of(batch.parameters.get(i))).onComplete(batch.asked.get(i));
            }
        }
    }

    /// Whatever is thrown here is an answer, too, or those who wait would never have one.
    private Future<RowSet<Row>> send(String sql, List<Tuple> parameters) {
        return Future.succeededFuture(parameters).compose(all -> sender.apply(sql, all));
    }

    private static final class Batch {
        final String sql;
        final List<Tuple> parameters = new ArrayList<>();
        final List<Promise<RowSet<Row>>> asked = new ArrayList<>();

        Batch(String sql) {
            this.sql = sql;
        }

        Future<RowSet<Row>> add(Tuple tuple) {
            Promise<RowSet<Row>> promise = Promise.promise();
            parameters.add(tuple);
            asked.add(promise);
            return promise.future();
        }
    }
}
