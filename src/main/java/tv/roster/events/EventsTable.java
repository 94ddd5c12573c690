package tv.roster.events;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;

/// Reads the audit log: events of users, and those of tenants and keys. The newest (or oldest) of both are merged.
///
/// Plain conditions and indexes in the order of the list, since a distributed PostgreSQL can neither walk from tenant
/// to tenant nor limit the events of each.
final class EventsTable {
    /// `$1` tenants, `$2` users, `$3` keys, `$4` kinds, `$5` since, `$6` until, `$7` the place, `$8` the limit,
    /// `$9` agents.
    ///
    /// For the few events of tenants and keys, a null parameter means no restriction. For the many events of users,
    /// and for looks at users among the others, the text omits conditions that were not requested, so that every
    /// plan can use an index.
    private static final String LIST = """
            with found as (
                (select e.id, e.time, e.kind, e.tenant_id, e.user_id, e.subject_key_id, e.author_key_id,
                        e.agent_id, null::uuid as import_id, e.subject_agent_id, e.address, e.request_id,
                        e.before::text as before, e.after::text as after
                   from admin_event e
                  where ($1::uuid[] is null or e.tenant_id = any($1)){person}
                    and ($3::uuid[] is null or e.author_key_id = any($3) or e.subject_key_id = any($3))
                    and ($9::uuid[] is null or e.agent_id = any($9))
                    and ($4::text[] is null or e.kind = any($4)) and ($5::uuid is null or e.id >= $5)
                    and ($6::uuid is null or e.id < $6) and ($7::uuid is null or e.id {beyond} $7)
                  order by e.id {way} limit $8)
                union all
                (select e.id, e.time, e.kind, e.tenant_id, e.user_id, null::uuid, e.api_key_id, e.agent_id,
                        e.import_id, null::uuid,
                        nullif(e.address, ''), e.request_id, e.before::text, e.after::text
                   from user_event e
                  where true{asked}
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
                limit,
                filter.agents());
        rows.forEach(row -> events.add(event(row)));
        if (backwards) {
            Collections.reverse(events);
        }
        return events;
    }

    static String sql(EventFilter filter, @Nullable UUID from, boolean descending) {
        var beyond = descending ? "<" : ">";
        var ofUsers = among("e.user_id", "$2::uuid[]", filter.users());
        var asked = among("e.tenant_id", "$1::uuid[]", filter.tenants())
                + ofUsers
                + among("e.api_key_id", "$3::uuid[]", filter.keys())
                + among("e.agent_id", "$9::uuid[]", filter.agents())
                + among("e.kind", "$4::text[]", filter.kinds())
                + (filter.since() == null ? "" : " and e.id >= $5")
                + (filter.until() == null ? "" : " and e.id < $6")
                + (from == null ? "" : " and e.id " + beyond + " $7");
        // PostgreSQL rejects a statement that does not use one of its parameters.
        var person = ofUsers.isEmpty() ? " and $2::uuid[] is null" : ofUsers;
        return LIST.replace("{person}", person)
                .replace("{asked}", asked)
                .replace("{beyond}", beyond)
                .replace("{way}", descending ? "desc" : "asc");
    }

    /// A single value is compared with `=`: only then does an index have the order of the list.
    private static String among(String column, String parameter, Object @Nullable [] values) {
        if (values == null) {
            return "";
        }
        return " and " + column + (values.length == 1 ? " = (" + parameter + ")[1]" : " = any(" + parameter + ")");
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
                row.getUUID("agent_id"),
                row.getUUID("subject_agent_id"),
                row.getUUID("import_id"),
                row.getString("address"),
                row.getString("request_id"),
                row.getString("before"),
                row.getString("after"));
    }
}
