package tv.roster.console.subscribers;

import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Adds looks to the audit.
final class LooksTable {
    private static final Sql ADD = Sql.of(EventLog.ofAdmin("'user.viewed'")
            .tenant("l.tenant_id")
            .person("l.user_id")
            .from("(values (:tenant::uuid, :user::uuid)) l (tenant_id, user_id)"));

    private LooksTable() {}

    static void add(Statements statements, TenantId tenant, UserId user, EventLine line) {
        statements.query(ADD.bind()
                .set("tenant", tenant.value())
                .set("user", user.value())
                .set(line));
    }
}
