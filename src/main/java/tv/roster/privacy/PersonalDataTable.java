package tv.roster.privacy;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.CredentialChecks;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads everything about one person, as the JSON of the export. The first statement is one snapshot; what does not fit
/// into it is read in pages.
final class PersonalDataTable {
    /// Events or mails that a statement reads.
    static final int PAGE = 100;

    /// Bytes of the events of a page, unless it is a single one.
    static final int PAGE_BYTES = 256 << 10;

    /// Of each event, the latest attempts to deliver it; of most events there are a few.
    static final int MOST_ATTEMPTS = 100;

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private static final String EXISTS = """
            select u.id from roster_user u where u.tenant_id = $1 and u.id = $2
            union all
            select d.id from deleted_user d
             where d.tenant_id = $1 and d.id = $2 and d.copy is not null and d.purge_time > $3""";

    /// A user that was deleted is read from its copy, which has the same columns.
    private static final String PERSON = """
            person as materialized (
                select u.id, to_jsonb(u) as columns, null::bigint as deleted_time, null::bigint as purge_time,
                       (select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')
                          from user_profile p where p.tenant_id = :tenant and p.user_id = :user) as profiles
                  from roster_user u where u.tenant_id = :tenant and u.id = :user
                union all
                select d.id, d.copy -> 'user', d.deleted_time, d.purge_time, d.copy -> 'profiles'
                  from deleted_user d
                 where d.tenant_id = :tenant and d.id = :user and d.copy is not null and d.purge_time > :now
            )""";

    private static final String USER = """
            json_build_object('id', p.id, 'external_id', c -> 'external_id', 'name', c -> 'name', 'email', c -> 'email',
                'telephone_number_E123', c -> 'telephone', 'user_flags', c -> 'user_flags',
                'registration_state',
                    case when c ->> 'registered_time' is null then 'UNREGISTERED' else 'REGISTERED' end,
                'registration_time', c -> 'registered_time', 'password_set', c ->> 'password_hash' is not null,
                'default_user_profile', c -> 'default_profile_id',
                'created_time', ('x' || left(translate(p.id::text, '-', ''), 12))::bit(48)::bigint / 1000,
                'updated_time', c -> 'updated_time', 'version', c -> 'version',
                'deleted_time', p.deleted_time, 'purge_time', p.purge_time)""";

    private static final String PROFILES = """
            (select coalesce(json_agg(json_build_object('id', f -> 'id', 'name', f -> 'name',
                       'is_child_profile', f -> 'is_child_profile', 'age_limit', f -> 'age_limit',
                       'is_default', f -> 'id' = c -> 'default_profile_id') order by f ->> 'id'), '[]')
              from jsonb_array_elements(p.profiles) f)""";

    private static final String LINKS = """
            (select coalesce(json_agg(json_build_object('kind', l.kind, 'expires_time', l.expires_time)
                       order by l.kind), '[]')
              from account_link l where l.tenant_id = :tenant and l.user_id = :user)""";

    /// Whoever gives the last wrong password that is allowed within the window has locked the login, until the first
    /// of these is out of it.
    private static final String FAILED_LOGINS = """
            (select coalesce(json_agg(json_build_object('time', t.time, 'locked_until',
                       case when w.times[t.place - :most_wrong + 1] > t.time - :window
                            then w.times[t.place - :most_wrong + 1] + :window end) order by t.place), '[]')
              from wrong_password w cross join lateral unnest(w.times) with ordinality as t (time, place)
             where w.tenant_id = :tenant and w.subject = :user)""";

    /// Only the text of the states and responses says how long they are: they can be stored compressed.
    private static final String EVENT_PAGE = """
            candidates as materialized (
                select e.* from user_event e
                 where e.tenant_id = :tenant and e.user_id = :user
                   and e.id > :after_event and e.id <= :last_event and e.version <= :last_version
                 order by e.id limit :most
            ), attempts as materialized (
                select w.event_id, json_agg(json_build_object('receiver', substring(h.url from '^[a-z]+://([^/?#]+)'),
                           'time', w.time / 1000, 'status', w.status, 'response', w.response, 'detail', w.detail)
                           order by w.id) as deliveries
                  from (select w.*, row_number() over (partition by w.event_id order by w.id desc) as place
                          from webhook_attempt w
                         where w.tenant_id = :tenant and w.event_id = any(array(select c.id from candidates c))) w
                  join webhook_endpoint h on h.tenant_id = :tenant and h.id = w.endpoint_id
                 where w.place <= :most_attempts
                 group by w.event_id
            ), page as materialized (
                select e.*
                  from (select c.*, a.deliveries, row_number() over in_order as place,
                               sum(coalesce(octet_length(c.before::text), 0) + coalesce(octet_length(c.after::text), 0)
                                   + coalesce(octet_length(c.state::text), 0)
                                   + coalesce(octet_length(a.deliveries::text), 0)) over in_order as bytes
                          from candidates c
                          left join attempts a on a.event_id = c.id
                        window in_order as (order by c.id rows unbounded preceding)) e
                 where e.place = 1 or e.bytes <= :most_bytes
            )""";

    private static final String CHANGES = """
            (select coalesce(json_agg(json_build_object('member', m.name, 'from', e.before -> m.name,
                       'to', e.after -> m.name) order by m.name), '[]')
              from (select jsonb_object_keys(e.before) union select jsonb_object_keys(e.after)) m (name)
             where m.name <> 'version'
               and nullif(e.before -> m.name, 'null') is distinct from nullif(e.after -> m.name, 'null'))""";

    private static final String EVENTS = """
            (select 'event' as section, e.id, e.import_id, json_build_object('id', e.id, 'kind', e.kind,
                       'time', floor(extract(epoch from e.time))::bigint, 'version', e.version,
                       'changes', %s, 'before', e.before, 'after', e.after, 'user', e.state,
                       'actor', json_build_object(
                           'kind', case when e.import_id is not null then 'IMPORT'
                                        when e.api_key_id is not null then 'KEY'
                                        when e.agent_id is not null then 'AGENT'
                                        when e.address is not null then 'SUBSCRIBER' else 'SYSTEM' end,
                           'id', coalesce(e.import_id, e.api_key_id, e.agent_id,
                               case when e.address is not null then e.user_id end),
                           'name', k.name),
                       'address', nullif(e.address, ''), 'request_id', e.request_id,
                       'deliveries', coalesce(e.deliveries, '[]'))::text as content
              from page e
              left join api_key k on k.id = e.api_key_id)""".formatted(CHANGES);

    private static final String MAILS = """
            (select 'mail' as section, m.id, null::uuid as import_id, json_build_object('id', m.id, 'kind', m.kind,
                       'recipient', m.recipient, 'language', m.language, 'state', m.status, 'attempts', m.attempts,
                       'created_time', m.created_time, 'expires_time', m.expires_time,
                       'finished_time', m.finished_time, 'accepted_host', m.accepted_host,
                       'accepted_response', m.accepted_response, 'failure', m.failure)::text as content
              from (select m.* from mail m
                     where m.tenant_id = :tenant and m.user_id = :user and m.id > :after_mail
                     order by m.id limit :most) m)""";

    private static final Sql OPEN = Sql.of("""
            with %s, %s, logged as (
                %s
            ), found as (
                select 'external_id' as section, p.id, null::uuid as import_id, c ->> 'external_id' as content
                  from person p cross join lateral (select p.columns) u (c)
                union all
                select 'email', p.id, null, c ->> 'email' from person p cross join lateral (select p.columns) u (c)
                union all
                select 'user', p.id, null, %s::text from person p cross join lateral (select p.columns) u (c)
                union all
                select 'profiles', p.id, null, %s::text
                  from person p cross join lateral (select p.columns) u (c)
                union all
                select 'links', p.id, null, %s::text from person p
                union all
                select 'failed_logins', p.id, null, %s::text from person p
                union all
                select 'version', p.id, null, c ->> 'version' from person p cross join lateral (select p.columns) u (c)
                union all
                (select 'last_event', e.id, null, null
                   from user_event e where e.tenant_id = :tenant and e.user_id = :user order by e.id desc limit 1)
                union all
                %s
                union all
                %s
            )
            select f.section, f.id, f.import_id, f.content
              from found f where exists (select from person) order by f.section, f.id""".formatted(
                    PERSON,
                    EVENT_PAGE,
                    EventLog.ofAdmin("'user.personal_data_exported'")
                            .tenant(":tenant")
                            .person("p.id")
                            .from("person p"),
                    USER,
                    PROFILES,
                    LINKS,
                    FAILED_LOGINS,
                    EVENTS,
                    MAILS));

    private static final Sql MORE_EVENTS = Sql.of("""
            with %s
            select f.section, f.id, f.import_id, f.content from %s f order by f.id""".formatted(EVENT_PAGE, EVENTS));

    private static final Sql MORE_MAILS =
            Sql.of("select f.section, f.id, f.import_id, f.content from %s f order by f.id".formatted(MAILS));

    private PersonalDataTable() {}

    /// An event or a mail as JSON.
    ///
    /// @param importId the import that made the change of an event
    record Item(UUID id, @Nullable UUID importId, String json) {}

    /// What the first statement has read, as JSON.
    ///
    /// @param lastEvent the event up to which the export goes; null if there is none
    /// @param version   of the user: events of later ones may have smaller ids
    record Opened(
            @Nullable String externalId,
            @Nullable String email,
            int version,
            String user,
            String profiles,
            String links,
            String failedLogins,
            @Nullable UUID lastEvent,
            List<Item> events,
            List<Item> mails) {}

    static boolean exists(Statements statements, TenantId tenant, UserId user, long now) {
        return statements.find(EXISTS, tenant.value(), user.value(), now).isPresent();
    }

    /// Begins an export, and notes in the audit log who did; empty if there is no such user.
    static Optional<Opened> open(Statements statements, TenantId tenant, UserId user, EventLine line) {
        var rows = statements.query(OPEN.bind()
                .set("tenant", tenant.value())
                .set("user", user.value())
                .set("now", line.epochSecond())
                .set("most_wrong", CredentialChecks.MOST_WRONG)
                .set("window", CredentialChecks.WINDOW.toSeconds())
                .set("after_event", FIRST)
                .set("last_event", LAST)
                .set("last_version", Integer.MAX_VALUE)
                .set("after_mail", FIRST)
                .set("most", PAGE)
                .set("most_bytes", PAGE_BYTES)
                .set("most_attempts", MOST_ATTEMPTS)
                .set(line));
        return rows.size() == 0 ? Optional.empty() : Optional.of(opened(rows));
    }

    private static Opened opened(RowSet<Row> rows) {
        var sections = new HashMap<String, @Nullable String>();
        var events = new ArrayList<Item>();
        var mails = new ArrayList<Item>();
        UUID lastEvent = null;
        for (var row : rows) {
            switch (row.getString("section")) {
                case "event" -> events.add(item(row));
                case "mail" -> mails.add(item(row));
                case "last_event" -> lastEvent = row.getUUID("id");
                default -> sections.put(row.getString("section"), row.getString("content"));
            }
        }
        return new Opened(
                sections.get("external_id"),
                sections.get("email"),
                Integer.parseInt(section(sections, "version")),
                section(sections, "user"),
                section(sections, "profiles"),
                section(sections, "links"),
                section(sections, "failed_logins"),
                lastEvent,
                events,
                mails);
    }

    private static String section(Map<String, @Nullable String> sections, String name) {
        return Objects.requireNonNull(sections.get(name), name);
    }

    /// The events after one of them, up to the last of the export.
    static List<Item> events(Statements statements, TenantId tenant, UserId user, Opened opened, UUID after) {
        return items(statements.query(MORE_EVENTS
                .bind()
                .set("tenant", tenant.value())
                .set("user", user.value())
                .set("after_event", after)
                .set("last_event", opened.lastEvent())
                .set("last_version", opened.version())
                .set("most", PAGE)
                .set("most_bytes", PAGE_BYTES)
                .set("most_attempts", MOST_ATTEMPTS)));
    }

    /// The mails after one of them.
    static List<Item> mails(Statements statements, TenantId tenant, UserId user, UUID after) {
        return items(statements.query(MORE_MAILS
                .bind()
                .set("tenant", tenant.value())
                .set("user", user.value())
                .set("after_mail", after)
                .set("most", PAGE)));
    }

    private static List<Item> items(RowSet<Row> rows) {
        var items = new ArrayList<Item>();
        rows.forEach(row -> items.add(item(row)));
        return items;
    }

    private static Item item(Row row) {
        return new Item(row.getUUID("id"), row.getUUID("import_id"), row.getString("content"));
    }
}
