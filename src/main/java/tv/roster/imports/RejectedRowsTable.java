package tv.roster.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tv.roster.platform.sql.Columns;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Stores the rows that were refused, in the transaction that counts them.
final class RejectedRowsTable {
    private static final String ADD = """
            insert into import_rejected_row (tenant_id, import_id, line, external_id, errors, row)
            select $1, $2, r.line, r.external_id, r.errors, r.content
              from unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) as r (line, external_id, errors, content)""";

    private static final String LIST = """
            select r.line, r.external_id, r.errors, r.row
              from import_rejected_row r
             where r.tenant_id = $1 and r.import_id = $2 and r.line > $3
             order by r.line
             limit $4""";

    private RejectedRowsTable() {}

    static void add(Statements transaction, TenantId tenant, UUID importId, List<RejectedRow> rows) {
        var columns = new Columns<>(rows);
        transaction.query(
                ADD,
                tenant.value(),
                importId,
                columns.longs(RejectedRow::line),
                columns.texts(RejectedRow::externalId),
                columns.texts(RejectedRow::errors),
                columns.texts(RejectedRow::row));
    }

    /// The first of those behind a line.
    static List<RejectedRow> list(Statements statements, TenantId tenant, UUID importId, long after, int limit) {
        var rows = new ArrayList<RejectedRow>();
        for (var row : statements.read(LIST, tenant.value(), importId, after, limit)) {
            rows.add(new RejectedRow(row.getLong(0), row.getString(1), row.getString(2), row.getString(3)));
        }
        return rows;
    }
}
