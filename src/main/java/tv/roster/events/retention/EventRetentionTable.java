package tv.roster.events.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Deletes expired events through the function of the tables' owner that alone may do so.
final class EventRetentionTable {
    /// Those of deleted tenants are known from the audit log.
    private static final String TENANTS = """
            select t.id from tenant t
            union
            select e.tenant_id from admin_event e where e.kind = 'tenant.deleted' and e.tenant_id is not null""";

    private static final String DELETE = "select d.deleted, d.last from delete_expired_events($1, $2, $3) as d";

    private static final String MARK = "update installation set feed_mark = " + EventLog.FIRST_OPEN_PLACE;

    private EventRetentionTable() {}

    /// Keeps how far the feed has come, which could not be seen from the events that are left.
    static void mark(Statements statements) {
        statements.query(MARK);
    }

    static List<TenantId> tenants(Statements statements) {
        var tenants = new ArrayList<TenantId>();
        statements.read(TENANTS).forEach(row -> tenants.add(new TenantId(row.getUUID("id"))));
        return tenants;
    }

    /// @param last the last of the deleted events if there may be more
    record Step(int deleted, Optional<UUID> last) {}

    /// Deletes up to `limit` expired events of the tenant after this one.
    static Step deleteSome(Statements statements, TenantId tenant, UUID beyond, int limit) {
        return statements
                .first(DELETE, tenant.value(), beyond, limit)
                .map(row -> new Step(row.getInteger("deleted"), Optional.ofNullable(row.getUUID("last"))))
                .orElseThrow();
    }
}
