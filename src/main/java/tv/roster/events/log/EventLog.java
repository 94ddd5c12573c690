package tv.roster.events.log;

import java.util.LinkedHashMap;
import java.util.Map;

/// The insert into the event log, as part of the statement that makes the change. Values that differ between rows
/// are SQL expressions over the changed rows; an [EventLine] binds the others.
public final class EventLog {
    /// The place in the feed of what the current transaction writes; docs/decisions/0036-the-order-of-events.md.
    private static final String PLACE = "pg_current_xact_id()::text::bigint + feed_offset()";

    /// The first place that readers must not read yet: that of the oldest transaction that is still open.
    public static final String FIRST_OPEN_PLACE =
            "pg_snapshot_xmin(pg_current_snapshot())::text::bigint + feed_offset()";

    /// The state of a user `u`: everything except the password.
    private static final String USER_STATE = """
            jsonb_build_object('version', u.version, 'name', u.name, 'user_flags', u.user_flags, 'email', u.email,
                'telephone_number_E123', u.telephone, 'registration_time', u.registered_time,
                'external_id', u.external_id, 'default_user_profile', u.default_profile_id,
                'password_set', u.password_hash is not null)""";

    private final String table;
    private final Map<String, String> columns = new LinkedHashMap<>();

    private EventLog(String table, String key, String kind) {
        this.table = table;
        columns.put("id", ":event_id");
        columns.put("time", ":event_time");
        columns.put("kind", kind);
        columns.put(key, ":event_key");
        columns.put("agent_id", ":event_agent");
        columns.put("address", ":event_address");
        columns.put("request_id", ":event_request");
    }

    /// An entry about a user, in the log of the tenant `:tenant`. `user` is the row of `roster_user` after the change,
    /// whose `feed_order` the statement has set to [#firstPlace] or [#nextPlace].
    public static EventLog ofUser(String kind, String user) {
        return new EventLog("user_event", "api_key_id", kind)
                .with("tenant_id", ":tenant")
                .with("user_id", user + ".id")
                .with("version", user + ".version")
                .with("feed_order", user + ".feed_order");
    }

    /// The same for a change that is not one of the user's members: the entry has the user's state as well.
    public static EventLog besideUser(String kind, String user) {
        return ofUser(kind, user).with("state", userState(user));
    }

    /// The state of the user in this row: everything except the password.
    public static String userState(String user) {
        return USER_STATE.replace("u.", user + ".");
    }

    /// The `feed_order` of a new user.
    public static String firstPlace() {
        return PLACE;
    }

    /// The next `feed_order` of a user: not before that of its last event, which a transaction with a higher id may
    /// have written.
    public static String nextPlace(String user) {
        return "greatest(" + user + ".feed_order, " + PLACE + ")";
    }

    /// For how many seconds the events of users of this tenant are kept. The function `delete_expired_events` of the
    /// database has the same default.
    public static String keptSeconds(String tenant) {
        return "86400 * coalesce((select (t.settings ->> 'event_retention_days')::int from tenant t where t.id = "
                + tenant + "), 90)";
    }

    /// The part of a statement that sets the `feed_order` of the users with the ids `user_id` in `rows`, for entries
    /// [#besideUser]. Locks them, and returns them as they are then.
    public static String touched(String rows) {
        return """
            touched as (
                update roster_user u set feed_order = %s
                  from %s l
                 where u.tenant_id = :tenant and u.id = l.user_id
                returning u.*
            )""".formatted(nextPlace("u"), rows);
    }

    /// For users that the statement deletes, whose rows have the place of their last event.
    public EventLog atNextPlace(String user) {
        return with("feed_order", nextPlace(user));
    }

    /// An entry about the installation, or about a tenant, a key or an agent if [#tenant], [#subjectKey] or
    /// [#subjectAgent] are set.
    public static EventLog ofAdmin(String kind) {
        return new EventLog("admin_event", "author_key_id", kind);
    }

    public EventLog tenant(String id) {
        return with("tenant_id", id);
    }

    public EventLog subjectKey(String id) {
        return with("subject_key_id", id);
    }

    public EventLog subjectAgent(String id) {
        return with("subject_agent_id", id);
    }

    /// For looks at a person: whose data was read.
    public EventLog person(String id) {
        return with("user_id", id);
    }

    /// For changes that an import makes; its id is the parameter `:event_import`.
    public EventLog ofImport() {
        return with("import_id", ":event_import");
    }

    /// For statements that write several entries, each with its own id.
    public EventLog id(String id) {
        return with("id", id);
    }

    /// For rejected requests, whose entries contain no author, only the address.
    public EventLog calledFrom(String address) {
        columns.remove("author_key_id");
        columns.remove("agent_id");
        columns.remove("request_id");
        return with("address", address);
    }

    /// The state before the change, without secrets.
    public EventLog before(String state) {
        return with("before", state);
    }

    /// The state after the change, without secrets.
    public EventLog after(String state) {
        return with("after", state);
    }

    private EventLog with(String column, String value) {
        columns.put(column, value);
        return this;
    }

    /// Inserts one entry for each of these rows.
    public String from(String rows) {
        return "insert into %s (%s)\nselect %s\n  from %s"
                .formatted(table, String.join(", ", columns.keySet()), String.join(", ", columns.values()), rows);
    }
}
