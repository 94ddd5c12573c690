package tv.roster.imports;

import java.time.Duration;
import tv.roster.platform.sql.Statements;

/// Removes what imports leave behind, a limited number of rows at a time.
public final class ImportLeftoversTable {
    private static final Duration KEPT = Duration.ofDays(7);

    /// Files that stopped to arrive, imports whose time is over, and those of tenants that are no more.
    private static final String EXPIRE = """
            update import i set status = 'REMOVED', finished_time = $1
             where (i.tenant_id, i.id) in
                   (select e.tenant_id, e.id from import e
                     where e.status in ('COMPLETED', 'CANCELLED', 'FAILED') and e.finished_time <= $2
                        or e.status = 'RECEIVING' and e.lease_until <= $1::bigint * 1000
                        or e.status <> 'REMOVED' and not exists (select from tenant t where t.id = e.tenant_id)
                     limit $3)""";

    /// Rows that nobody will carry out.
    private static final String CHUNKS = """
            delete from import_chunk c
             where (c.tenant_id, c.import_id, c.number) in
                   (select l.tenant_id, l.import_id, l.number
                      from import_chunk l
                      join import i on i.tenant_id = l.tenant_id and i.id = l.import_id
                     where i.status in ('COMPLETED', 'CANCELLED', 'FAILED', 'REMOVED')
                     limit $1)""";

    private static final String DRAFTS = """
            delete from import_draft d
             where (d.tenant_id, d.import_id, d.id) in
                   (select l.tenant_id, l.import_id, l.id
                      from import_draft l
                      join import i on i.tenant_id = l.tenant_id and i.id = l.import_id
                     where i.status in ('COMPLETED', 'CANCELLED', 'FAILED', 'REMOVED')
                     limit $1)""";

    private static final String REJECTED_ROWS = """
            delete from import_rejected_row r
             where (r.tenant_id, r.import_id, r.line) in
                   (select l.tenant_id, l.import_id, l.line
                      from import_rejected_row l
                      join import i on i.tenant_id = l.tenant_id and i.id = l.import_id
                     where i.status = 'REMOVED'
                     limit $1)""";

    private static final String IMPORTS = """
            delete from import i
             where (i.tenant_id, i.id) in
                   (select l.tenant_id, l.id
                      from import l
                     where l.status = 'REMOVED'
                       and not exists (select from import_chunk c
                                        where c.tenant_id = l.tenant_id and c.import_id = l.id)
                       and not exists (select from import_draft d
                                        where d.tenant_id = l.tenant_id and d.import_id = l.id)
                       and not exists (select from import_rejected_row r
                                        where r.tenant_id = l.tenant_id and r.import_id = l.id)
                     limit $1)""";

    private ImportLeftoversTable() {}

    /// For [tv.roster.platform.background.Sweeper], as the other methods here.
    public static int expire(Statements statements, long now, int limit) {
        return statements.query(EXPIRE, now, now - KEPT.toSeconds(), limit).rowCount();
    }

    public static int sweepChunks(Statements statements, long now, int limit) {
        return statements.query(CHUNKS, limit).rowCount();
    }

    public static int sweepDrafts(Statements statements, long now, int limit) {
        return statements.query(DRAFTS, limit).rowCount();
    }

    public static int sweepRejectedRows(Statements statements, long now, int limit) {
        return statements.query(REJECTED_ROWS, limit).rowCount();
    }

    public static int sweepImports(Statements statements, long now, int limit) {
        return statements.query(IMPORTS, limit).rowCount();
    }
}
