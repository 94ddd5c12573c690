package tv.roster.events.feed;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Reads how far feeds are readable.
final class FeedWatchTable {
    /// How many events are looked at: more can have become readable at once, after an import or a long transaction.
    private static final int MOST = 10_000;

    private static final String END = "select %s as place".formatted(EventLog.FIRST_OPEN_PLACE);

    private static final String WITH_NEWS = """
            with news as (
                select e.tenant_id
                  from user_event e
                 where e.tenant_id = any($1::uuid[]) and e.feed_order >= $2 and e.feed_order < $3
                 limit %d
            )
            select n.tenant_id, count(*) as events from news n group by n.tenant_id""".formatted(MOST);

    private FeedWatchTable() {}

    /// The first place that is not yet readable.
    static long end(Statements statements) {
        return statements.find(END).orElseThrow().getLong("place");
    }

    /// Those of the tenants that have events from one place on, and before another; all of them if there are very many
    /// such events.
    static Set<TenantId> withNews(Statements statements, Set<TenantId> tenants, long from, long to) {
        var found = new HashSet<TenantId>();
        long events = 0;
        for (var row :
                statements.read(WITH_NEWS, tenants.stream().map(TenantId::value).toArray(UUID[]::new), from, to)) {
            found.add(new TenantId(row.getUUID("tenant_id")));
            events += row.getLong("events");
        }
        return events == MOST ? tenants : found;
    }
}
