package tv.roster.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Finds the rejected rows of imports that are about one person, a stretch at a time.
final class PersonsRowsTable {
    /// Rejected rows that a statement looks at.
    static final int STRETCH = 2_000;

    /// The next rejected rows of the tenant, and which of them are about the person: found by what nobody else can
    /// have.
    private static final String STRETCH_OF_ROWS = """
            select r.import_id, r.line,
                   coalesce(r.external_id = $5, false)
                       or coalesce(strpos(lower(r.row), '"' || $6::uuid || '"') > 0, false)
                       or coalesce(strpos(lower(r.row), '"' || lower($7) || '"') > 0, false) as is_about
              from import_rejected_row r
             where r.tenant_id = $1 and (r.import_id, r.line) > ($2, $3)
             order by r.import_id, r.line limit $4""";

    private static final String REJECTED_ROW = """
            select r.import_id, r.line, r.external_id, r.errors, r.row
              from import_rejected_row r where r.tenant_id = $1 and r.import_id = $2 and r.line = $3""";

    private PersonsRowsTable() {}

    /// The place of a rejected row.
    record RowPlace(UUID importId, long line, boolean isAbout) {
        static final RowPlace START = new RowPlace(new UUID(0, 0), 0, false);
    }

    record FoundRow(
            UUID importId,
            long line,
            @Nullable String externalId,
            String errors,
            @Nullable String row) {}

    /// The rejected rows after one of them, of whomever they are.
    static List<RowPlace> stretch(
            Statements statements,
            TenantId tenant,
            UserId user,
            @Nullable String externalId,
            @Nullable String email,
            RowPlace after) {
        var places = new ArrayList<RowPlace>();
        statements
                .read(
                        STRETCH_OF_ROWS,
                        tenant.value(),
                        after.importId(),
                        after.line(),
                        STRETCH,
                        externalId,
                        user.value(),
                        email)
                .forEach(row -> places.add(new RowPlace(row.getUUID(0), row.getLong(1), row.getBoolean(2))));
        return places;
    }

    /// A rejected row; empty if it has been removed meanwhile.
    static Optional<FoundRow> rejectedRow(Statements statements, TenantId tenant, RowPlace place) {
        return statements
                .find(REJECTED_ROW, tenant.value(), place.importId(), place.line())
                .map(row -> new FoundRow(
                        row.getUUID("import_id"),
                        row.getLong("line"),
                        row.getString("external_id"),
                        row.getString("errors"),
                        row.getString("row")));
    }
}
