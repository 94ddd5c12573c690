package tv.roster.events;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;

/// Reads the audit log: events of users, which are stored by tenant, and those of tenants and keys.
///
/// The events of each tenant are read separately from an index that begins with the tenant, and only the newest (or
/// oldest) of each are merged. The tenants with events, including deleted tenants, are found by skipping from one
/// to the next in the index.
final class EventsTable {
    /// `$1` tenants, `$2` users, `$3` keys, `$4` kinds, `$5` since, `$6` until, `$7` the place, `$8` the limit.
    ///
    /// For the few events of tenants and keys, a null parameter means no restriction. For the many events of users,
    /// the text omits conditions that were not requested, so that every plan can use an index.
    private static final String LIST = """
            with recursive holder (id) as (
                (select e.tenant_id from user_event e order by e.tenant_id limit 1)
                union all
                select (select e.tenant_id from user_event e where e.tenant_id > h.id order by e.tenant_id limit 1)
                  from holder h where h.id is not null
            ), found as (
                (select e.id, e.time, e.kind, e.tenant_id, null::uuid as user_id, e.subject_key_id, e.author_key_id,
                        e.address, e.request_id, e.before::text as before, e.after::text as after
                   from admin_event e
                  where $2::uuid[] is null and ($1::uuid[] is null or e.tenant_id = any($1))
                    and ($3::uuid[] is null or e.author_key_id = any($3) or e.subject_key_id = any($3))
                    and ($4::text[] is null or e.kind = any($4)) and ($5::uuid is null or e.id >= $5)
                    and ($6::uuid is null or e.id < $6) and ($7::uuid is null or e.id {beyond} $7)
                  order by e.id {way} limit $8)
                union all
                (select e.*
                   from {tenants}
                  cross join lateral (
                       select e.id, e.time, e.kind, e.tenant_id, e.user_id, null::uuid, e.api_key_id, e.address,
                              e.request_id, e.before::text, e.after::text
                         from user_event e
                        where e.tenant_id = h.id{asked}
                        order by e.id {way} limit $8) e
                  order by e.id {way} limit $8)
            )
            select * from found f order by f.id {way} limit $8""";

    private EventsTable() {}

    /// Up to `limit` events after `from` in the order of their ids (`newestFirst`: reversed), or before it.
    static List<Event> list(
            Statements statements,
            EventFilter filter,
            boolean newestFirst,
            @Nullable UUID from,
            boolean backwards,
            int limit) {
        var events = new ArrayList<Event>();
        var rows = statements.read(
                sql(filter, from, newestFirst != backwards),
                filter.tenants(),
                filter.users(),
                filter.keys(),
                filter.kinds(),
                filter.since(),
                filter.until(),
                from,
                limit);
        rows.forEach(row -> events.add(event(row)));
        if (backwards) {
            Collections.reverse(events);
        }
        return events;
    }

    private static String sql(EventFilter filter, @Nullable UUID from, boolean descending) {
        var beyond = descending ? "<" : ">";
        var asked = (filter.users() == null ? "" : " and e.user_id = any($2)")
                + (filter.keys() == null ? "" : " and e.api_key_id = any($3)")
                + (filter.kinds() == null ? "" : " and e.kind = any($4)")
                + (filter.since() == null ? "" : " and e.id >= $5")
                + (filter.until() == null ? "" : " and e.id < $6")
                + (from == null ? "" : " and e.id " + beyond + " $7");
        return LIST.replace("{asked}", asked)
                .replace("{beyond}", beyond)
                .replace("{way}", descending ? "desc" : "asc")
                .replace("{tenants}", filter.tenants() == null ? "holder h" : "unnest($1::uuid[]) as h (id)");
    }

    private static Event event(Row row) {
        return new Event(
                row.getUUID("id"),
                row.getOffsetDateTime("time"),
                row.getString("kind"),
                row.getUUID("tenant_id"),
                row.getUUID("user_id"),
                row.getUUID("subject_key_id"),
                row.getUUID("author_key_id"),
                row.getString("address"),
                row.getString("request_id"),
                row.getString("before"),
                row.getString("after"));
    }
}
