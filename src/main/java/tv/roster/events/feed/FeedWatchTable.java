package tv.roster.events.feed;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Reads how far feeds are readable.
final class FeedWatchTable {
    private static final String END =
            "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + feed_offset() as place";

    private static final String WITH_NEWS = """
            select distinct e.tenant_id
              from user_event e
             where e.tenant_id = any($1::uuid[]) and e.feed_order >= $2 and e.feed_order < $3""";

    private FeedWatchTable() {}

    /// The first place that is not yet readable.
    static long end(Statements statements) {
        return statements.find(END).orElseThrow().getLong("place");
    }

    /// Those of the tenants that have events from one place on, and before another.
    static Set<TenantId> withNews(Statements statements, Set<TenantId> tenants, long from, long to) {
        var found = new HashSet<TenantId>();
        statements
                .read(WITH_NEWS, tenants.stream().map(TenantId::value).toArray(UUID[]::new), from, to)
                .forEach(row -> found.add(new TenantId(row.getUUID("tenant_id"))));
        return found;
    }
}
