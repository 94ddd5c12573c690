package tv.roster.events.log;

import java.util.LinkedHashMap;
import java.util.Map;

/// The insert into the event log, as part of the statement that makes the change. Values that differ between rows
/// are SQL expressions over the changed rows; an [EventLine] binds the others.
public final class EventLog {
    private final String table;
    private final Map<String, String> columns = new LinkedHashMap<>();

    private EventLog(String table, String key, String kind) {
        this.table = table;
        columns.put("id", ":event_id");
        columns.put("time", ":event_time");
        columns.put("kind", kind);
        columns.put(key, ":event_key");
        columns.put("address", ":event_address");
        columns.put("request_id", ":event_request");
    }

    /// An entry about a user, in the log of the tenant `:tenant`.
    public static EventLog ofUser(String kind, String user) {
        return new EventLog("user_event", "api_key_id", kind)
                .with("tenant_id", ":tenant")
                .with("user_id", user);
    }

    /// An entry about the installation, or about a tenant or a key if [#tenant] and [#subjectKey] are set.
    public static EventLog ofAdmin(String kind) {
        return new EventLog("admin_event", "author_key_id", kind);
    }

    public EventLog tenant(String id) {
        return with("tenant_id", id);
    }

    public EventLog subjectKey(String id) {
        return with("subject_key_id", id);
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
