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

/// Reads by a unique key which one turn of an event loop brings go to PostgreSQL together: bound and executed one by
/// one, with a single Sync behind all of them (PostgreSQL, "Pipelining" in the chapter on its protocol). So PostgreSQL
/// ends one transaction and makes one system call for all the answers instead of one for each.
///
/// Nobody waits for others to come. Where PostgreSQL refuses such a batch, each read is sent again alone, so that one's
/// failure is nobody else's. Where no answer came in time, none would come then.
final class Lookups {
    /// The last of a batch waits for the first, so that batches must not grow without bounds.
    private static final int MOST = 32;

    private final SessionPool pool;
    private final Map<String, Batch> gathering = new HashMap<>();

    Lookups(SessionPool pool) {
        this.pool = pool;
    }

    /// Sends a statement with the next batch. From any thread.
    Reply<RowSet<Row>> send(String sql, @Nullable Object... parameters) {
        var lookup = new Lookup(sql, Tuple.wrap(parameters));
        pool.loop().netty().execute(lookup);
        return lookup;
    }

    /// One read, and who waits for it.
    private final class Lookup extends Reply<RowSet<Row>> implements Runnable {
        private final String sql;
        private final Tuple parameters;

        Lookup(String sql, Tuple parameters) {
            this.sql = sql;
            this.parameters = parameters;
        }

        /// Joins the batch of this turn of the loop. It goes behind all that the turn has still to do.
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
                answer(rows, failure);
                pool().free(this, session);
            });
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
