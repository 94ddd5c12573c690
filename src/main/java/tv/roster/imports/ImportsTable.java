package tv.roster.imports;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.calls.RowFormat;
import tv.roster.platform.sql.Statements;
import tv.roster.users.bulk.BulkMode;
import tv.roster.users.files.UserColumn;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The imports of a tenant, as its calls see and change them.
final class ImportsTable {
    static final String COLUMNS = """
            i.tenant_id, i.id, i.status, i.mode, i.dry_run, i.format, i.columns, i.separator, i.bytes, i.rows_total, i.rows_done,
            i.rows_created, i.rows_updated, i.rows_unchanged, i.rows_rejected, i.failure, i.created_time,
            i.started_time, i.finished_time""";

    private static final String SHOWN = "i.status not in ('RECEIVING', 'REMOVED')";

    private static final String FIND =
            "select " + COLUMNS + " from import i where i.tenant_id = $1 and i.id = $2 and " + SHOWN;

    private static final String LIST = """
            select %s from import i
             where i.tenant_id = $1 and %s and ($2::uuid is null or i.id < $2)
             order by i.id desc limit $3""".formatted(COLUMNS, SHOWN);

    private static final String LIST_BACKWARDS = """
            select %s from import i
             where i.tenant_id = $1 and %s and ($2::uuid is null or i.id > $2)
             order by i.id limit $3""".formatted(COLUMNS, SHOWN);

    private static final String COUNT = "select count(*) from import i where i.tenant_id = $1 and " + SHOWN;

    /// Returns nothing if the tenant has so many unfinished imports already, whole or not.
    private static final String BEGIN = """
            insert into import (tenant_id, id, status, mode, dry_run, format, api_key_id, agent_id, address, request_id,
                created_time, lease_until)
            select $1, $2, 'RECEIVING', $3, $4, $5, $6, $12, $7, $8, $9, $10
             where (select count(*) from (select from import i
                                           where i.tenant_id = $1 and i.status in ('RECEIVING', 'QUEUED', 'RUNNING')
                                           limit $11) unfinished) < $11
            returning id""";

    private static final String SET_COLUMNS =
            "update import set columns = $3, separator = $4 where tenant_id = $1 and id = $2";

    /// Adds a chunk to a file that is still arriving. May be repeated.
    private static final String ADD_CHUNK = """
            with arriving as (
                update import set lease_until = $5
                 where tenant_id = $1 and id = $2 and status = 'RECEIVING'
                returning id
            )
            insert into import_chunk (tenant_id, import_id, number, sealed_rows)
            select $1, a.id, $3, $4 from arriving a
                on conflict (tenant_id, import_id, number) do update set sealed_rows = excluded.sealed_rows
            returning number""";

    private static final String TOUCH = """
            update import set lease_until = $3 where tenant_id = $1 and id = $2 and status = 'RECEIVING'
            returning id""";

    private static final String QUEUE = """
            update import i
               set status = case when $4 = 0 then 'COMPLETED' else 'QUEUED' end, bytes = $3, chunks = $4,
                   rows_total = $5, lease_until = 0,
                   turn_time = (select max(o.turn_time) from import o where o.tenant_id = $1),
                   started_time = case when $4 = 0 then $6::bigint end,
                   finished_time = case when $4 = 0 then $6::bigint end
             where i.tenant_id = $1 and i.id = $2 and i.status = 'RECEIVING'
            returning %s""".formatted(COLUMNS);

    /// Waits for the rows that are being carried out.
    private static final String CANCEL = """
            update import i set status = 'CANCELLED', finished_time = $3, lease = null, lease_until = 0
             where i.tenant_id = $1 and i.id = $2 and i.status in ('QUEUED', 'RUNNING')
            returning %s""".formatted(COLUMNS);

    private static final String REMOVE = """
            update import set status = 'REMOVED', finished_time = $3
             where tenant_id = $1 and id = $2 and status in ('COMPLETED', 'CANCELLED', 'FAILED')
            returning id""";

    private static final String ABANDON = """
            update import set status = 'REMOVED', finished_time = $3
             where tenant_id = $1 and id = $2 and status = 'RECEIVING'""";

    private ImportsTable() {}

    static Optional<Import> find(Statements statements, TenantId tenant, UUID id) {
        return statements.find(FIND, tenant.value(), id).map(ImportsTable::job);
    }

    static List<Import> list(
            Statements statements, TenantId tenant, @Nullable UUID from, boolean backwards, int limit) {
        var jobs = new ArrayList<Import>();
        statements
                .read(backwards ? LIST_BACKWARDS : LIST, tenant.value(), from, limit)
                .forEach(row -> jobs.add(job(row)));
        if (backwards) {
            Collections.reverse(jobs);
        }
        return jobs;
    }

    static long count(Statements statements, TenantId tenant) {
        return statements.find(COUNT, tenant.value()).orElseThrow().getLong(0);
    }

    /// What is known of a file before it has arrived.
    record Announced(UUID id, BulkMode mode, boolean dryRun, RowFormat format) {}

    /// Returns false if the tenant has `most` unfinished imports.
    static boolean begin(
            Statements statements,
            TenantId tenant,
            Announced file,
            Author author,
            long now,
            long abandonedMs,
            int most) {
        var key = author.apiKey();
        var agent = author.agent();
        return statements
                .first(
                        BEGIN,
                        tenant.value(),
                        file.id(),
                        file.mode().name(),
                        file.dryRun(),
                        file.format().extension(),
                        key == null ? null : key.value(),
                        author.address(),
                        author.requestId(),
                        now,
                        abandonedMs,
                        most,
                        agent == null ? null : agent.value())
                .isPresent();
    }

    static void setColumns(Statements statements, TenantId tenant, UUID id, List<UserColumn> columns, char separator) {
        statements.query(
                SET_COLUMNS,
                tenant.value(),
                id,
                columns.stream().map(UserColumn::word).toArray(String[]::new),
                String.valueOf(separator));
    }

    /// Returns false if the file is no longer arriving.
    static boolean addChunk(
            Statements statements, TenantId tenant, UUID id, int number, byte[] sealed, long abandonedMs) {
        return statements
                .first(ADD_CHUNK, tenant.value(), id, number, Buffer.buffer(sealed), abandonedMs)
                .isPresent();
    }

    /// Returns false if the file is no longer arriving.
    static boolean touch(Statements statements, TenantId tenant, UUID id, long abandonedMs) {
        return statements.first(TOUCH, tenant.value(), id, abandonedMs).isPresent();
    }

    /// The file has arrived; empty if it was given up meanwhile.
    static Optional<Import> queue(
            Statements statements, TenantId tenant, UUID id, long bytes, int chunks, long rows, long now) {
        return statements
                .first(QUEUE, tenant.value(), id, bytes, chunks, rows, now)
                .map(ImportsTable::job);
    }

    static Optional<Import> cancel(Statements statements, TenantId tenant, UUID id, long now) {
        return statements.first(CANCEL, tenant.value(), id, now).map(ImportsTable::job);
    }

    static boolean remove(Statements statements, TenantId tenant, UUID id, long now) {
        return statements.first(REMOVE, tenant.value(), id, now).isPresent();
    }

    static void abandon(Statements statements, TenantId tenant, UUID id, long now) {
        statements.query(ABANDON, tenant.value(), id, now);
    }

    static Import job(Row row) {
        return new Import(
                new TenantId(row.getUUID("tenant_id")),
                row.getUUID("id"),
                ImportStatus.valueOf(row.getString("status")),
                BulkMode.valueOf(row.getString("mode")),
                row.getBoolean("dry_run"),
                RowFormat.named(row.getString("format")),
                columns(row.getArrayOfStrings("columns")),
                row.getString("separator").charAt(0),
                row.getLong("bytes"),
                new RowCounts(
                        row.getLong("rows_total"),
                        row.getLong("rows_done"),
                        row.getLong("rows_created"),
                        row.getLong("rows_updated"),
                        row.getLong("rows_unchanged"),
                        row.getLong("rows_rejected")),
                row.getString("failure"),
                row.getLong("created_time"),
                row.getLong("started_time"),
                row.getLong("finished_time"));
    }

    private static List<UserColumn> columns(String @Nullable [] words) {
        return words == null
                ? List.of()
                : Stream.of(words)
                        .map(word -> UserColumn.named(word).orElseThrow())
                        .toList();
    }
}
