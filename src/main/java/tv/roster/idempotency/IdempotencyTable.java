package tv.roster.idempotency;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tv.roster.platform.http.Response;
import tv.roster.platform.sql.LikePattern;
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

    /// Receipts of erasures are about the user as well, but hold nothing personal.
    private static final String ERASE = """
            delete from idempotency_key k
             where k.tenant_id = $1 and k.about @> array[$2::uuid]
               and not k.about && array(select e.id from erasure e where e.tenant_id = $1 and e.user_id = $2)""";

    private static final int LOOKED_AT = 5_000;

    /// Responses without an id of the user: those that name nothing, those without a body, and refusals, which may
    /// quote what was sent. Few among many, for which there is an index with the same condition. Of some thousand,
    /// those that may quote the person, which is then found out one by one; and the last, after which it goes on.
    private static final String QUOTING = """
            with part as materialized (
                select k.key, k.headers, k.body from idempotency_key k
                 where k.tenant_id = $1 and k.key > $2
                   and (k.status >= 204 or (k.status is not null and coalesce(cardinality(k.about), 0) = 0))
                 order by k.key
                 limit $4
            )
            select p.key, p.headers, p.body from part p
             where lower(p.key) like any($3) or lower(p.headers::text) like any($3)
                or lower(convert_from(p.body, 'UTF8')) like any($3) or p.key = (select max(l.key) from part l)
             order by p.key""";

    private static final String ERASE_QUOTING =
            "delete from idempotency_key k where k.tenant_id = $1 and k.key = any($2)";

    /// What every refusal has, and nobody sent.
    private static final Pattern FORM = Pattern.compile("\"jsonapi\":\\{[^}]*}|\"(?:status|about|code)\":\"[^\"]*\"");

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
        int erased = transaction
                .query(ERASE, person.tenant().value(), person.user().value())
                .rowCount();
        var patterns = person.fewWords().orElse(List.of("")).stream()
                .map(LikePattern::containing)
                .toArray(String[]::new);
        var after = "";
        boolean more = true;
        while (more) {
            var quoting = new ArrayList<String>();
            var rows = transaction.read(QUOTING, person.tenant().value(), after, patterns, LOOKED_AT);
            for (var row : rows) {
                after = row.getString(0);
                if (quotes(row, person)) {
                    quoting.add(after);
                }
            }
            more = rows.size() > 0;
            erased += quoting.isEmpty() ? 0 : erase(transaction, person, quoting);
        }
        return erased;
    }

    private static int erase(Statements transaction, Person person, List<String> keys) {
        return transaction
                .query(ERASE_QUOTING, person.tenant().value(), keys.toArray(String[]::new))
                .rowCount();
    }

    private static boolean quotes(Row row, Person person) {
        var body = row.getBuffer(2).toString(StandardCharsets.UTF_8);
        return person.isNamedIn(row.getString(0))
                || person.isNamedIn(row.getJson(1).toString())
                || person.isNamedIn(FORM.matcher(body).replaceAll(""));
    }

    /// Deletes expired keys; returns their number.
    static int clear(Statements statements, long now, int limit) {
        return statements.query(CLEAR, now - KEPT_SECONDS, limit).rowCount();
    }
}
