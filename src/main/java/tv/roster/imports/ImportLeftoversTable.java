package tv.roster.imports;

import java.time.Duration;
import java.util.List;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Removes what imports leave behind, a limited number of rows at a time.
public final class ImportLeftoversTable {
    private static final Duration KEPT = Duration.ofDays(7);

    /// Files that stopped to arrive, imports whose time is over, and those of tenants that are no more.
    private static final String EXPIRE = """
            update import i set status = 'REMOVED', finished_time = $1, cleared = false
             where (i.tenant_id, i.id) in
                   (select e.tenant_id, e.id from import e
                     where e.status in ('COMPLETED', 'CANCELLED', 'FAILED') and e.finished_time <= $2
                        or e.status = 'RECEIVING' and e.lease_until <= $1::bigint * 1000
                        or e.status <> 'REMOVED' and not exists (select from tenant t where t.id = e.tenant_id)
                     limit $3)""";

    private static final String UNCLEARED = """
            select i.tenant_id, i.id, i.status = 'REMOVED' as removed
              from import i
             where not i.cleared and i.status not in ('RECEIVING', 'QUEUED', 'RUNNING')
             order by i.finished_time
             limit 1""";

    /// Rows that nobody will carry out.
    private static final String CHUNKS = """
            delete from import_chunk c
             where c.tenant_id = $1 and c.import_id = $2 and c.number = any(array(
                   select l.number from import_chunk l where l.tenant_id = $1 and l.import_id = $2 limit $3))""";

    private static final String DRAFTS = """
            delete from import_draft d
             where d.tenant_id = $1 and d.import_id = $2 and d.id = any(array(
                   select l.id from import_draft l where l.tenant_id = $1 and l.import_id = $2 limit $3))""";

    private static final String REJECTED_ROWS = """
            delete from import_rejected_row r
             where r.tenant_id = $1 and r.import_id = $2 and r.line = any(array(
                   select l.line from import_rejected_row l where l.tenant_id = $1 and l.import_id = $2 limit $3))""";

    private static final String CLEARED = """
            update import set cleared = true
             where tenant_id = $1 and id = $2 and status in ('COMPLETED', 'CANCELLED', 'FAILED')""";

    private static final String DELETE = "delete from import where tenant_id = $1 and id = $2 and status = 'REMOVED'";

    private ImportLeftoversTable() {}

    /// Marks up to `limit` imports to be removed; for [tv.roster.platform.background.Sweeper].
    public static int expire(Statements statements, long now, int limit) {
        return statements.query(EXPIRE, now, now - KEPT.toSeconds(), limit).rowCount();
    }

    /// Removes up to `limit` rows that a finished import has left; returns false if there is no such import.
    static boolean clearSome(Statements statements, int limit) {
        var found = statements.find(UNCLEARED);
        if (found.isEmpty()) {
            return false;
        }
        var row = found.get();
        clearSome(
                statements,
                new ImportQueueTable.Key(new TenantId(row.getUUID(0)), row.getUUID(1)),
                row.getBoolean(2),
                limit);
        return true;
    }

    private static void clearSome(Statements statements, ImportQueueTable.Key key, boolean removed, int limit) {
        var left = removed ? List.of(CHUNKS, DRAFTS, REJECTED_ROWS) : List.of(CHUNKS, DRAFTS);
        var full = left.stream()
                .filter(sql -> statements
                                .query(sql, key.tenant().value(), key.id(), limit)
                                .rowCount()
                        == limit)
                .findFirst();
        if (full.isEmpty()) {
            statements.query(removed ? DELETE : CLEARED, key.tenant().value(), key.id());
        }
    }
}
