package tv.roster.events.retention;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Deletes expired events through the functions of the tables' owner that alone may do so.
final class EventRetentionTable {
    /// Those of deleted tenants are known from the audit log.
    private static final String TENANTS = """
            select t.id from tenant t
            union
            select e.tenant_id from admin_event e where e.kind = 'tenant.deleted' and e.tenant_id is not null""";

    /// The tenants that the audit of administration mentions, whether they exist or not, and null for what is about
    /// none. Each is one step in the index.
    private static final String AUDITED = """
            with recursive audited (id) as (
                (select e.tenant_id from admin_event e where e.tenant_id is not null order by e.tenant_id limit 1)
                union all
                select (select e.tenant_id from admin_event e where e.tenant_id > a.id order by e.tenant_id limit 1)
                  from audited a
                 where a.id is not null
            )
            select a.id from audited a where a.id is not null
            union all
            select null""";

    private static final String DELETE = "select d.deleted, d.last from delete_expired_events($1, $2, $3) as d";

    private static final String DELETE_AUDIT =
            "select d.deleted, d.last from delete_expired_admin_events($1, $2, $3, $4) as d";

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

    static List<@Nullable UUID> audited(Statements statements) {
        var tenants = new ArrayList<@Nullable UUID>();
        statements.read(AUDITED).forEach(row -> tenants.add(row.getUUID("id")));
        return tenants;
    }

    /// @param last the last of the deleted events if there may be more
    record Step(int deleted, Optional<UUID> last) {}

    private static Step step(Row row) {
        return new Step(row.getInteger("deleted"), Optional.ofNullable(row.getUUID("last")));
    }

    /// Deletes up to `limit` expired events of the tenant after this one.
    static Step deleteSome(Statements statements, TenantId tenant, UUID beyond, int limit) {
        return statements
                .first(DELETE, tenant.value(), beyond, limit)
                .map(EventRetentionTable::step)
                .orElseThrow();
    }

    /// Deletes up to `limit` expired entries of the audit of administration after this one: those about the tenant, or
    /// about none. `otherDays` is how long those of no tenant, and of deleted ones, are kept.
    static Step deleteSomeAudit(Statements statements, @Nullable UUID tenant, int otherDays, UUID beyond, int limit) {
        return statements
                .first(DELETE_AUDIT, tenant, otherDays, beyond, limit)
                .map(EventRetentionTable::step)
                .orElseThrow();
    }
}
