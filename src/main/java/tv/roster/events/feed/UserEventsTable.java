package tv.roster.events.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the events of one user in the order of their ids, in which an index has them.
final class UserEventsTable {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    /// One row at least, which says whether there is, or was, such a user.
    private static final String LIST = """
            select k.known, e.*
              from (select exists (select from roster_user u where u.tenant_id = $1 and u.id = $2)
                        or exists (select from deleted_user d where d.tenant_id = $1 and d.id = $2)
                        or exists (select from user_event v where v.tenant_id = $1 and v.user_id = $2) as known) k
              left join (
                     select %s
                       from user_event e
                      where e.tenant_id = $1 and e.user_id = $2 and e.id %s $3::uuid
                      order by e.id %s limit $4) e on true
             order by e.id desc""";

    static final String NEWEST_FIRST = LIST.formatted(FeedTable.COLUMNS, "<", "desc");
    static final String BACKWARDS = LIST.formatted(FeedTable.COLUMNS, ">", "asc");

    private UserEventsTable() {}

    /// Up to `limit` events before the one with the id `from`, or after it with `backwards`; always the newest first.
    /// Empty if nothing is known of the user.
    static Optional<List<FeedEvent>> list(
            Statements statements, TenantId tenant, UserId user, @Nullable UUID from, boolean backwards, int limit) {
        var rows = statements.read(
                backwards ? BACKWARDS : NEWEST_FIRST,
                tenant.value(),
                user.value(),
                from == null ? AFTER_ALL : from,
                limit);
        var events = new ArrayList<FeedEvent>(rows.size());
        for (var row : rows) {
            if (!row.getBoolean("known")) {
                return Optional.empty();
            }
            if (row.getUUID("id") != null) {
                events.add(FeedTable.event(row));
            }
        }
        return Optional.of(events);
    }
}
