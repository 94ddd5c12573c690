package tv.roster.events.feed;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Columns;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the feed of a tenant from the event log. A place is readable once every transaction that could still write to
/// it, or before it, has ended: docs/decisions/0036-the-order-of-events.md.
final class FeedTable {
    /// How many events a statement looks at to find those that a filter wants.
    static final int STRETCH = 10_000;

    /// How many events are counted.
    static final int MOST_COUNTED = 100_000;

    static final String COLUMNS = """
            e.id, e.time, e.kind, e.user_id, e.version, e.feed_order, e.api_key_id, e.agent_id, e.import_id,
            e.address is not null as from_client, e.before::text as before, e.after::text as after,
            e.state::text as state""";

    private static final String READABLE = """
            (e.feed_order, e.version, e.id) > ($2::bigint, $3::int, $4::uuid)
                         and e.feed_order < %s""".formatted(EventLog.FIRST_OPEN_PLACE);

    private static final String IN_ORDER = "order by e.feed_order, e.version, e.id";

    /// Whether the event of the position exists.
    private static final String KNOWN =
            "exists (select from user_event k where k.tenant_id = $1 and k.id = $4) as known";

    /// As stored, which PostgreSQL knows without reading it; as text it can be several times as long.
    private static final String BYTES = """
            coalesce(pg_column_size(e.before), 0) + coalesce(pg_column_size(e.after), 0)
                + coalesce(pg_column_size(e.state), 0)""";

    private static final String WINDOW = "(" + IN_ORDER + " rows unbounded preceding)";

    private static final String ALL =
            """
            select k.known, e.*
              from (select %s) k
              left join (
                     select %s, e.found
                       from (select e.*, sum(%s) over %s as bytes, row_number() over %s as number,
                                    count(*) over () as found
                               from (select e.*
                                       from user_event e
                                      where e.tenant_id = $1 and %s
                                      %s limit $5) e) e
                      where e.number = 1 or e.bytes <= $6) e on true
             %s""".formatted(KNOWN, COLUMNS, BYTES, WINDOW, WINDOW, READABLE, IN_ORDER, IN_ORDER);

    private static final String SOME = """
            with %sstretch as materialized (
                select e.id, e.feed_order, e.version, e.kind, e.bytes
                  from (select e.*, %s as bytes from %s e where %s %s limit $7) e
            ), wanted as materialized (
                select e.id, sum(e.bytes) over %s as bytes, row_number() over %s as number
                  from stretch e where $8::text[] is null or e.kind = any($8) %s limit $5
            )
            select k.*, e.*
              from (select %s, (select count(*) from stretch) as length, (select count(*) from wanted) as found,
                           l.feed_order as last_order, l.version as last_version, l.id as last_id
                      from (values (1)) always (one)
                      left join (select * from stretch e
                                  order by e.feed_order desc, e.version desc, e.id desc limit 1) l on true) k
              left join (
                     select %s from user_event e
                      where e.tenant_id = $1
                        and e.id = any(array(select w.id from wanted w where w.number = 1 or w.bytes <= $6))) e on true
             %s""";

    private static final String OF_KINDS = some("", "user_event", "e.tenant_id = $1 and " + READABLE);

    /// All events of a user are found first: they are few, and the order of the feed would lead past those of others.
    private static final String OF_USER = some("""
            own as materialized (
                select e.* from user_event e where e.tenant_id = $1 and e.user_id = $9
            ),
            """, "own", READABLE);

    /// Of so many events at the most, those that a filter wants are counted.
    private static final String COUNT = """
            select count(*) filter (where $5::text[] is null or c.kind = any($5))
              from (select e.kind from user_event e where e.tenant_id = $1 and %s %s limit %d) c
            """.formatted(READABLE, IN_ORDER, MOST_COUNTED);

    /// The events of some users, each after a position of its own, up to another one.
    private static final String COUNT_OF_USERS = """
            select count(*)
              from unnest($2::uuid[], $3::bigint[], $4::int[], $5::uuid[]) as w (user_id, feed_order, version, id)
              join user_event e
                on e.tenant_id = $1 and e.user_id = w.user_id
               and (e.feed_order, e.version, e.id) > (w.feed_order, w.version, w.id)
             where e.tenant_id = $1 and e.user_id = any($2)
               and (e.feed_order, e.version, e.id) <= ($6::bigint, $7::int, $8::uuid)
               and ($9::text[] is null or e.kind = any($9))""";

    private static final String FIND =
            "select %s from user_event e where e.tenant_id = $1 and e.id = $2".formatted(COLUMNS);

    private static final String LAST = """
            select e.feed_order, e.version, e.id
              from user_event e
             where e.tenant_id = $1 and e.feed_order < %s
             order by e.feed_order desc, e.version desc, e.id desc limit 1""".formatted(EventLog.FIRST_OPEN_PLACE);

    /// The first place of the events since an id: ids are nearly in the order of the feed.
    private static final String FIRST_SINCE = """
            with since as materialized (
                select e.feed_order, e.version, e.id
                  from user_event e
                 where e.tenant_id = $1 and e.id >= $2
                 order by e.id limit 1000
            )
            select e.feed_order, e.version, e.id from since e %s limit 1""".formatted(IN_ORDER);

    private FeedTable() {}

    private static String some(String before, String from, String condition) {
        return SOME.formatted(
                before, BYTES, from, condition, IN_ORDER, WINDOW, WINDOW, IN_ORDER, KNOWN, COLUMNS, IN_ORDER);
    }

    /// The outcome of reading a stretch.
    ///
    /// @param known whether the event of the position that it began at exists
    /// @param end   where to go on
    record Stretch(List<FeedEvent> events, boolean known, FeedPosition end, boolean more) {}

    /// @param most the events to read at most; `mostBytes` of states are read, or one event
    static Stretch read(
            Statements statements, TenantId tenant, FeedPosition from, FeedFilter filter, int most, int mostBytes) {
        return filter.kinds() == null && filter.user() == null
                ? all(statements, tenant, from, most, mostBytes)
                : some(statements, tenant, from, filter, most, mostBytes);
    }

    private static Stretch all(Statements statements, TenantId tenant, FeedPosition from, int most, int mostBytes) {
        var rows = statements.read(ALL, tenant.value(), from.order(), from.version(), from.id(), most + 1, mostBytes);
        var events = events(rows);
        var page = events.size() > most ? events.subList(0, most) : events;
        boolean more = !page.isEmpty() && rows.iterator().next().getLong("found") > page.size();
        return new Stretch(
                page, isKnown(rows), page.isEmpty() ? from : page.getLast().position(), more);
    }

    private static Stretch some(
            Statements statements, TenantId tenant, FeedPosition from, FeedFilter filter, int most, int mostBytes) {
        var user = filter.user();
        var parameters = new ArrayList<@Nullable Object>(Arrays.asList(
                tenant.value(),
                from.order(),
                from.version(),
                from.id(),
                most,
                mostBytes,
                STRETCH,
                filter.storedKinds()));
        if (user != null) {
            parameters.add(user.value());
        }
        var rows = statements.read(user == null ? OF_KINDS : OF_USER, parameters.toArray());
        var events = events(rows);
        var first = rows.iterator().next();
        if (events.size() == most || events.size() < first.getLong("found")) {
            return new Stretch(events, isKnown(rows), events.getLast().position(), true);
        }
        UUID last = first.getUUID("last_id");
        var end = last == null
                ? from
                : new FeedPosition(
                        first.getLong("last_order"), first.getInteger("last_version"), last, Ids.epochSecond(last));
        return new Stretch(events, isKnown(rows), end, first.getLong("length") == STRETCH);
    }

    private static boolean isKnown(RowSet<Row> rows) {
        return rows.iterator().next().getBoolean("known");
    }

    private static List<FeedEvent> events(RowSet<Row> rows) {
        var events = new ArrayList<FeedEvent>(rows.size());
        for (var row : rows) {
            if (row.getUUID("id") != null) {
                events.add(event(row));
            }
        }
        return events;
    }

    static long count(Statements statements, TenantId tenant, FeedPosition from, FeedFilter filter) {
        return statements
                .find(COUNT, tenant.value(), from.order(), from.version(), from.id(), filter.storedKinds())
                .orElseThrow()
                .getLong(0);
    }

    static long countOfUsers(
            Statements statements,
            TenantId tenant,
            Map<UserId, FeedPosition> after,
            FeedPosition until,
            FeedFilter filter) {
        var users = new Columns<>(List.copyOf(after.entrySet()));
        return statements
                .find(
                        COUNT_OF_USERS,
                        tenant.value(),
                        users.uuids(entry -> entry.getKey().value()),
                        users.longs(entry -> entry.getValue().order()),
                        users.integers(entry -> entry.getValue().version()),
                        users.uuids(entry -> entry.getValue().id()),
                        until.order(),
                        until.version(),
                        until.id(),
                        filter.storedKinds())
                .orElseThrow()
                .getLong(0);
    }

    static Optional<FeedEvent> find(Statements statements, TenantId tenant, UUID id) {
        return statements.find(FIND, tenant.value(), id).map(FeedTable::event);
    }

    /// The position of the last readable event.
    static Optional<FeedPosition> last(Statements statements, TenantId tenant, long asOf) {
        return statements.find(LAST, tenant.value()).map(row -> position(row, asOf));
    }

    /// The position of the first of the events whose ids are not before this one.
    static Optional<FeedPosition> firstSince(Statements statements, TenantId tenant, UUID id, long asOf) {
        return statements.find(FIRST_SINCE, tenant.value(), id).map(row -> position(row, asOf));
    }

    private static FeedPosition position(Row row, long asOf) {
        return new FeedPosition(row.getLong("feed_order"), row.getInteger("version"), row.getUUID("id"), asOf);
    }

    static FeedEvent event(Row row) {
        return new FeedEvent(
                row.getUUID("id"),
                row.getOffsetDateTime("time"),
                EventKind.wordOfStored(row.getString("kind")),
                new UserId(row.getUUID("user_id")),
                row.getInteger("version"),
                row.getLong("feed_order"),
                row.getUUID("api_key_id"),
                row.getUUID("agent_id"),
                row.getUUID("import_id"),
                row.getBoolean("from_client"),
                row.getString("before"),
                row.getString("after"),
                row.getString("state"));
    }
}
