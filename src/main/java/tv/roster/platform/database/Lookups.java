package tv.roster.platform.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.Reply;
import tv.roster.platform.database.session.Session;

/// Sends reads by a unique key that occur in the same turn of an event loop to PostgreSQL together: bound and
/// executed one by one, with a single Sync at the end (PostgreSQL, "Pipelining" in the chapter on its protocol).
/// PostgreSQL then ends one transaction and makes one system call for all replies, instead of one for each.
///
/// No read waits for others to arrive. If PostgreSQL rejects a batch, each read is sent again alone, so that the
/// failure of one does not affect the others. After a timeout they are not sent again, since they would time out as
/// well.
final class Lookups {
    /// The last read of a batch waits for the first, so the size of batches is limited.
    private static final int MOST = 32;

    private final SessionPool pool;
    private final Map<String, Batch> gathering = new HashMap<>();

    Lookups(SessionPool pool) {
        this.pool = pool;
    }

    /// Sends a statement with the next batch. Can be called from any thread.
    Reply<RowSet<Row>> send(String sql, @Nullable Object... parameters) {
        var lookup = new Lookup(sql, Tuple.wrap(parameters));
        pool.loop().netty().execute(lookup);
        return lookup;
    }

    /// A read, and the thread that waits for it.
    private final class Lookup extends Reply<RowSet<Row>> implements Runnable {
        private final String sql;
        private final Tuple parameters;

        Lookup(String sql, Tuple parameters) {
            this.sql = sql;
            this.parameters = parameters;
        }

        /// Joins the batch of this turn of the loop. The batch is sent after everything else in this turn.
        @Override
        public void run() {
            var batch = gathering.get(sql);
            if (batch == null) {
                batch = new Batch(sql);
                gathering.put(sql, batch);
                pool.loop().netty().execute(batch::go);
            }
            batch.lookups.add(this);
            if (batch.lookups.size() == MOST) {
                gathering.remove(sql);
            }
        }
    }

    private final class Batch extends Job {
        private final String sql;
        private final List<Lookup> lookups = new ArrayList<>();

        Batch(String sql) {
            super(pool);
            this.sql = sql;
        }

        void go() {
            gathering.remove(sql, this);
            run();
        }

        @Override
        void start(Session session) {
            var parameters = new ArrayList<Tuple>(lookups.size());
            lookups.forEach(lookup -> parameters.add(lookup.parameters));
            session.send(sql, parameters, (rows, failure) -> {
                figures().done(lookups.size(), LaneFigures.Outcome.of(failure));
                answer(rows, failure);
                pool().free(this, session);
            });
        }

        @Override
        int statements() {
            return lookups.size();
        }

        private void answer(@Nullable RowSet<Row> rows, @Nullable Failed failure) {
            if (failure != null && failure.refusal() != null && lookups.size() > 1) {
                for (var lookup : lookups) {
                    var alone = new Batch(sql);
                    alone.lookups.add(lookup);
                    alone.run();
                }
            } else if (failure != null) {
                fail(failure);
            } else {
                for (var lookup : lookups) {
                    lookup.give(rows);
                    rows = rows == null ? null : rows.next();
                }
            }
        }

        @Override
        void fail(Failed failure) {
            lookups.forEach(lookup -> lookup.fail(failure));
        }
    }
}
