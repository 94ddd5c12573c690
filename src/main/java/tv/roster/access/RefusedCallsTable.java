package tv.roster.access;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.Ids;

/// Writes rejected requests to the audit log.
public final class RefusedCallsTable {
    private static final Sql WRITE = Sql.of(EventLog.ofAdmin("l.kind")
            .id("l.id")
            .tenant("l.tenant_id")
            .subjectKey("l.key_id")
            .calledFrom("l.address")
            .after("l.after::jsonb")
            .from("""
                unnest(:event_ids::uuid[], :kinds::text[], :tenants::uuid[], :keys::uuid[], :addresses::text[],
                       :states::text[]) as l (id, kind, tenant_id, key_id, address, after)"""));

    private final Statements database;
    private final Ids ids;

    public RefusedCallsTable(Statements database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    void write(Map<Refused, Tally> lines, Instant now) {
        var eventIds = new ArrayList<UUID>();
        var kinds = new ArrayList<String>();
        var tenants = new ArrayList<@Nullable UUID>();
        var keys = new ArrayList<@Nullable UUID>();
        var addresses = new ArrayList<@Nullable String>();
        var states = new ArrayList<String>();
        lines.forEach((refused, tally) -> {
            eventIds.add(ids.next());
            kinds.add("access." + refused.code().code());
            tenants.add(refused.tenant() == null ? null : refused.tenant().value());
            keys.add(refused.key() == null ? null : refused.key().value());
            addresses.add(refused.address());
            states.add(state(refused, tally));
        });
        database.query(WRITE.bind()
                .set("event_time", now.atOffset(ZoneOffset.UTC))
                .set("event_ids", eventIds.toArray(UUID[]::new))
                .set("kinds", kinds.toArray(String[]::new))
                .set("tenants", tenants.toArray(UUID[]::new))
                .set("keys", keys.toArray(UUID[]::new))
                .set("addresses", addresses.toArray(String[]::new))
                .set("states", states.toArray(String[]::new)));
    }

    private static String state(Refused refused, Tally tally) {
        var state = new JsonObject()
                .put("count", tally.count())
                .put("first_time", tally.firstTime())
                .put("last_time", tally.lastTime());
        if (refused.prefix() != null) {
            state.put("prefix", refused.prefix());
        }
        if (refused.scope() != null) {
            state.put("scope", refused.scope().word());
        }
        return state.encode();
    }
}
