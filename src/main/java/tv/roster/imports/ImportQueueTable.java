package tv.roster.imports;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The imports that wait or run, as the nodes that carry them out see them. A node has an import for the time of a
/// lease; whatever it stores of it names that lease, so that a node that has lost it changes nothing.
final class ImportQueueTable {
    private static final int MOST_DUE = 20;

    /// The import of each tenant that has begun, or else the oldest, unless a node has it; those that have waited
    /// longest for a turn first. Locks nothing: [#CLAIM] decides who has one.
    private static final String DUE = """
            select i.tenant_id, i.id
              from import i
             where i.status in ('QUEUED', 'RUNNING') and i.lease_until <= $1
               and not exists (select from import o
                                where o.tenant_id = i.tenant_id and o.status in ('QUEUED', 'RUNNING')
                                  and (o.status = 'QUEUED', o.id) < (i.status = 'QUEUED', i.id))
             order by i.turn_time
             limit %d""".formatted(MOST_DUE);

    private static final String CLAIM = """
            update import i
               set status = 'RUNNING', lease = $3, lease_until = $4, turn_time = $5,
                   started_time = coalesce(i.started_time, $5 / 1000)
             where i.tenant_id = $1 and i.id = $2 and i.status in ('QUEUED', 'RUNNING') and i.lease_until <= $5
            returning %s, i.api_key_id, i.agent_id, i.address, i.request_id, i.chunks, i.next_chunk, i.next_row, i.lease
            """.formatted(ImportsTable.COLUMNS);

    /// The turn is that of all imports of the tenant, so that many small ones have no more turns than one.
    private static final String TURN = "update import set turn_time = $2 where tenant_id = $1 and status = 'QUEUED'";

    private static final String RENEW = """
            update import set lease_until = $4
             where tenant_id = $1 and id = $2 and lease = $3 and status = 'RUNNING'
            returning id""";

    private static final String RELEASE = """
            update import set lease = null, lease_until = 0, turn_time = $4
             where tenant_id = $1 and id = $2 and lease = $3""";

    private static final String FAIL = """
            update import set status = 'FAILED', failure = $4, finished_time = $5, lease = null, lease_until = 0
             where tenant_id = $1 and id = $2 and lease = $3 and status = 'RUNNING'""";

    /// Counts rows as done. Returns nothing if the lease or the import is over, or somebody else has done the
    /// rows.
    private static final Sql ADVANCE = Sql.of("""
            update import i
               set rows_done = i.rows_done + :done, rows_created = i.rows_created + :created,
                   rows_updated = i.rows_updated + :updated, rows_unchanged = i.rows_unchanged + :unchanged,
                   rows_rejected = i.rows_rejected + :rejected, next_chunk = :to_chunk, next_row = :to_row,
                   lease_until = :lease_until,
                   status = case when :to_chunk = i.chunks then 'COMPLETED' else i.status end,
                   finished_time = case when :to_chunk = i.chunks then :now::bigint end
             where i.tenant_id = :tenant and i.id = :id and i.lease = :lease and i.status = 'RUNNING'
               and i.next_chunk = :from_chunk and i.next_row = :from_row
            returning i.id""");

    private static final String CHUNK = """
            select c.sealed_rows from import_chunk c
             where c.tenant_id = $1 and c.import_id = $2 and c.number = $3""";

    private static final String DROP_CHUNK =
            "delete from import_chunk where tenant_id = $1 and import_id = $2 and number = $3";

    private static final String BACKLOG = """
            select count(*) filter (where i.status = 'QUEUED') as waiting,
                   count(*) filter (where i.status = 'RUNNING') as running,
                   min(i.created_time) filter (where i.status = 'QUEUED') as oldest
              from import i
             where i.status in ('QUEUED', 'RUNNING')""";

    private ImportQueueTable() {}

    /// Names an import.
    record Key(TenantId tenant, UUID id) {}

    /// An import that this node carries out.
    ///
    /// @param nextRow the row of `nextChunk` that is next
    record Claimed(Import job, Author author, UUID lease, int chunks, int nextChunk, int nextRow) {
        Key key() {
            return new Key(job.tenant(), job.id());
        }
    }

    /// Times are in epoch milliseconds.
    static List<Key> due(Statements statements, long now) {
        var due = new ArrayList<Key>();
        for (var row : statements.read(DUE, now)) {
            due.add(new Key(new TenantId(row.getUUID(0)), row.getUUID(1)));
        }
        return due;
    }

    static Optional<Claimed> claim(Statements statements, Key key, UUID lease, long leaseUntil, long now) {
        var claimed = statements
                .first(CLAIM, key.tenant().value(), key.id(), lease, leaseUntil, now)
                .map(ImportQueueTable::claimed);
        if (claimed.isPresent()) {
            statements.query(TURN, key.tenant().value(), now);
        }
        return claimed;
    }

    private static Claimed claimed(Row row) {
        var apiKey = row.getUUID("api_key_id");
        var agent = row.getUUID("agent_id");
        return new Claimed(
                ImportsTable.job(row),
                new Author(
                        apiKey == null ? null : new ApiKeyId(apiKey),
                        agent == null ? null : new AgentId(agent),
                        row.getString("address"),
                        row.getString("request_id")),
                row.getUUID("lease"),
                row.getInteger("chunks"),
                row.getInteger("next_chunk"),
                row.getInteger("next_row"));
    }

    /// Returns false if the lease is over, or the import.
    static boolean renew(Statements statements, Claimed claimed, long leaseUntil) {
        return statements
                .first(RENEW, claimed.job().tenant().value(), claimed.job().id(), claimed.lease(), leaseUntil)
                .isPresent();
    }

    static void release(Statements statements, Claimed claimed, long now) {
        statements.query(RELEASE, claimed.job().tenant().value(), claimed.job().id(), claimed.lease(), now);
    }

    static void fail(Statements statements, Claimed claimed, String why, long nowSeconds) {
        statements.query(FAIL, claimed.job().tenant().value(), claimed.job().id(), claimed.lease(), why, nowSeconds);
    }

    /// What has been done of a chunk: from a row of it to another one, or to the next chunk.
    record Step(int chunk, int fromRow, int toChunk, int toRow, RowCounts counts) {}

    /// Returns false if the rows must not be carried out by this node.
    static boolean advance(Statements transaction, Claimed claimed, Step step, long leaseUntil, long nowSeconds) {
        return transaction
                .first(ADVANCE.bind()
                        .set("tenant", claimed.job().tenant().value())
                        .set("id", claimed.job().id())
                        .set("lease", claimed.lease())
                        .set("lease_until", leaseUntil)
                        .set("from_chunk", step.chunk())
                        .set("from_row", step.fromRow())
                        .set("to_chunk", step.toChunk())
                        .set("to_row", step.toRow())
                        .set("done", step.counts().done())
                        .set("created", step.counts().created())
                        .set("updated", step.counts().updated())
                        .set("unchanged", step.counts().unchanged())
                        .set("rejected", step.counts().rejected())
                        .set("now", nowSeconds))
                .isPresent();
    }

    /// The sealed rows of a chunk; null if it is gone.
    static byte @Nullable [] chunk(Statements statements, Key key, int number) {
        return statements
                .find(CHUNK, key.tenant().value(), key.id(), number)
                .map(row -> row.getBuffer(0).getBytes())
                .orElse(null);
    }

    static void dropChunk(Statements transaction, Key key, int number) {
        transaction.query(DROP_CHUNK, key.tenant().value(), key.id(), number);
    }

    /// The imports of all tenants that are not finished.
    ///
    /// @param oldest when the one that has waited longest was sent, in epoch seconds; null if none waits
    record Backlog(long waiting, long running, @Nullable Long oldest) {
        static final Backlog EMPTY = new Backlog(0, 0, null);
    }

    static Backlog backlog(Statements statements) {
        var row = statements.find(BACKLOG).orElseThrow();
        return new Backlog(row.getLong("waiting"), row.getLong("running"), row.getLong("oldest"));
    }
}
