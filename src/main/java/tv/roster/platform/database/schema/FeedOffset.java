package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Raises what is added to transaction ids in a database that was restored elsewhere, where they begin anew: otherwise
/// new events would come before old ones in the feed; docs/decisions/0036-the-order-of-events.md.
final class FeedOffset {
    private static final Logger LOG = LoggerFactory.getLogger(FeedOffset.class);

    /// Several nodes may start at once.
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('roster feed_offset'))";

    /// By how much places are behind those of events, of which the last of each tenant is enough, and of the mark. The
    /// next transaction id is `pg_snapshot_xmax`.
    private static final String BEHIND = """
            select greatest((select max(i.feed_mark) from installation i), (
                       select max(e.feed_order)
                         from tenant t
                        cross join lateral (
                              select e.feed_order from user_event e
                               where e.tenant_id = t.id
                               order by e.feed_order desc limit 1) e))
                   - (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + feed_offset()) + 1""";

    /// Users whose last event is no longer kept have its place as well. Reads all of them, only after a restore.
    private static final String RAISED = """
            select greatest((select max(u.feed_order) from roster_user u), (select max(i.feed_mark) from installation i),
                            (select max(e.feed_order) from user_event e))
                   - pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1""";

    private static final String REPLACE = """
            create or replace function feed_offset() returns bigint immutable parallel safe language sql
            return %d::bigint""";

    private FeedOffset() {}

    /// Compares, and raises it if necessary. `owner` owns the function.
    static void check(Connection owner) throws SQLException {
        if (number(owner, BEHIND) <= 0) {
            return;
        }
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            statement.execute(LOCK);
            if (number(owner, BEHIND) > 0) {
                statement.execute(REPLACE.formatted(number(owner, RAISED)));
                LOG.info("The database was restored from another one: events continue after those that it has");
            }
            owner.commit();
        } finally {
            owner.setAutoCommit(true);
        }
    }

    private static long number(Connection owner, String query) throws SQLException {
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
