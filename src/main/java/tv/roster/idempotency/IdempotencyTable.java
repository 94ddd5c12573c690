package tv.roster.idempotency;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.UUID;
import tv.roster.platform.http.Response;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;
import tv.roster.values.people.Person;

/// The idempotency keys of the last 24 hours and the stored responses.
public final class IdempotencyTable {
    private static final int KEPT_SECONDS = 24 * 60 * 60;

    /// How long a repeated request waits for the first one, before it is rejected. Short, since the wait occupies a
    /// connection; long enough that a request shortly after the first one gets its response.
    private static final String LOCK_TIMEOUT = "set local lock_timeout = '250ms'";

    /// An expired key is claimed as if it were new.
    private static final String CLAIM = """
            insert into idempotency_key as k (tenant_id, key, request_digest, created_time)
            values ($1, $2, $3, $4)
            on conflict (tenant_id, key) do update
               set request_digest = excluded.request_digest, created_time = excluded.created_time,
                   status = null, headers = null, body = null, about = null
             where k.created_time <= $5
            returning k.key""";

    private static final String NO_LOCK_TIMEOUT = "set local lock_timeout = 0";

    private static final String FIND = """
            select request_digest, created_time, status, headers, body from idempotency_key
             where tenant_id = $1 and key = $2 and created_time > $3""";

    private static final String KEEP = """
            update idempotency_key set status = $3, headers = $4, body = $5, about = $6
             where tenant_id = $1 and key = $2""";

    private static final String CLEAR = """
            delete from idempotency_key where (tenant_id, key) in
                (select tenant_id, key from idempotency_key where created_time <= $1 limit $2)""";

    private static final String ERASE =
            "delete from idempotency_key k where k.tenant_id = $1 and k.about @> array[$2::uuid]";

    private static final int LOOKED_AT = 5_000;

    /// Responses without an id of the user: those that name nothing, those without a body, and refusals, which may
    /// quote
    /// what was sent. Few among many, for which there is an index with the same condition; some thousand at a time.
    private static final String ERASE_QUOTING = """
            with part as materialized (
                select k.key, k.headers, k.body from idempotency_key k
                 where k.tenant_id = $1 and k.key > $3
                   and (k.status >= 204 or (k.status is not null and coalesce(cardinality(k.about), 0) = 0))
                 order by k.key
                 limit $4
            ), gone as (
                delete from idempotency_key k
                 where k.tenant_id = $1 and k.key = any(array(
                       select p.key from part p
                        where lower(p.key) like any($2) or lower(p.headers::text) like any($2)
                           or lower(convert_from(p.body, 'UTF8')) like any($2)))
                returning k.key
            )
            select (select count(*) from gone)::int as erased, (select max(p.key) from part p) as last""";

    private IdempotencyTable() {}

    /// A stored response, and the digest and the time (epoch seconds) of its request.
    record Kept(byte[] digest, long createdTime, Response response) {}

    /// The response stored under the key, if there is one.
    static Optional<Kept> find(Statements statements, TenantId tenant, String key, long now) {
        return statements.lookUp(FIND, tenant.value(), key, now - KEPT_SECONDS).map(IdempotencyTable::kept);
    }

    /// Claims the key, or returns the response stored under it. Throws `LockNotAvailable` while the first request
    /// is in progress.
    static Optional<Kept> claim(Statements transaction, TenantId tenant, String key, byte[] digest, long now) {
        transaction.query(LOCK_TIMEOUT);
        var claimed = transaction.first(CLAIM, tenant.value(), key, Buffer.buffer(digest), now, now - KEPT_SECONDS);
        transaction.query(NO_LOCK_TIMEOUT);
        if (claimed.isPresent()) {
            return Optional.empty();
        }
        return find(transaction, tenant, key, now);
    }

    private static Kept kept(Row row) {
        var headers = new HashMap<String, String>();
        ((JsonObject) row.getJson("headers"))
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().toString()));
        var response = new Response(
                row.getShort("status"), headers, row.getBuffer("body").getBytes());
        return new Kept(row.getBuffer("request_digest").getBytes(), row.getLong("created_time"), response);
    }

    /// `path` is that of the request: a response without a body may name what it is about only there.
    static void keep(Statements transaction, TenantId tenant, String key, String path, Response response) {
        var headers = new JsonObject();
        response.headers().forEach(headers::put);
        var bytes = new byte[response.body().remaining()];
        response.body().get(response.body().position(), bytes);
        var about = new LinkedHashSet<UUID>();
        Ids.in(path.getBytes(StandardCharsets.UTF_8), about::add);
        response.headers().values().forEach(value -> Ids.in(value.getBytes(StandardCharsets.UTF_8), about::add));
        Ids.in(bytes, about::add);
        transaction.query(
                KEEP,
                tenant.value(),
                key,
                (short) response.status(),
                headers,
                Buffer.buffer(bytes),
                about.toArray(UUID[]::new));
    }

    /// Deletes the stored responses that are about a person or quote one of the person's values, with their keys;
    /// returns their number. A repeated request is a new one then.
    public static int erase(Statements transaction, Person person) {
        var patterns = person.wordsInJson().map(IdempotencyTable::pattern).toArray(String[]::new);
        int erased = transaction
                .query(ERASE, person.tenant().value(), person.user().value())
                .rowCount();
        var last = Optional.of("");
        while (last.isPresent()) {
            var part = transaction
                    .first(ERASE_QUOTING, person.tenant().value(), patterns, last.get(), LOOKED_AT)
                    .orElseThrow();
            erased += part.getInteger("erased");
            last = Optional.ofNullable(part.getString("last"));
        }
        return erased;
    }

    private static String pattern(String word) {
        return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /// Deletes expired keys; returns their number.
    static int clear(Statements statements, long now, int limit) {
        return statements.query(CLEAR, now - KEPT_SECONDS, limit).rowCount();
    }
}
