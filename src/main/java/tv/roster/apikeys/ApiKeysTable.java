package tv.roster.apikeys;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Admin;
import tv.roster.access.ApiKeySecret;
import tv.roster.database.Statements;
import tv.roster.events.Author;
import tv.roster.http.EntityTags;
import tv.roster.ids.ApiKeyId;
import tv.roster.ids.TenantId;
import tv.roster.ratelimit.RateLimit;

/// Reads and changes keys; each change is one statement that writes its event and tells the nodes.
final class ApiKeysTable {
    private static final String COLUMNS = """
            k.id, k.tenant_id, k.version, k.name, k.prefix, k.scopes, k.ip_allow_list, k.rate_limit, k.expires_time,
            k.revoked_time, k.last_used_time, k.former_secret_until, k.updated_time""";

    /// What the event log keeps of a key: nothing by which it could be used.
    private static final String STATE = """
            jsonb_build_object('version', k.version, 'name', k.name, 'prefix', k.prefix, 'scopes', k.scopes,
                'ip_allow_list', k.ip_allow_list, 'rate_limit', k.rate_limit, 'expires_time', k.expires_time,
                'revoked_time', k.revoked_time, 'former_secret_until', k.former_secret_until)""";

    private static final String FIND = "select %s from api_key k where k.id = $1".formatted(COLUMNS);

    private static final String FILTER = """
            ($1::uuid is null or k.tenant_id = $1) and ($2::text is null or k.prefix = $2)""";

    private static final String LIST = """
            select %s from api_key k
             where %s and ($3::uuid is null or k.id > $3) order by k.id limit $4""".formatted(COLUMNS, FILTER);

    private static final String LIST_BACKWARDS = """
            select %s from api_key k
             where %s and ($3::uuid is null or k.id < $3) order by k.id desc limit $4""".formatted(COLUMNS, FILTER);

    private static final String COUNT = "select count(*) as total from api_key k where " + FILTER;

    private static final String HAS_TENANT = "select t.id from tenant t where t.id = $1";

    private static final String CREATE = """
            with changed as (
                insert into api_key (id, tenant_id, name, prefix, secret_hash, scopes, ip_allow_list, rate_limit,
                    expires_time, updated_time)
                select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
                 where $2::uuid is null or exists (select from tenant t where t.id = $2)
                returning *
            ), %s, logged as (
                insert into admin_event
                    (id, time, kind, tenant_id, subject_key_id, author_key_id, address, request_id, after)
                select $11, $12, 'api_key.created', k.tenant_id, k.id, $13, $14, $15, %s from changed k
            )
            select %s from changed k""".formatted(Admin.BUMPED, STATE, COLUMNS);

    /// The start of a change of key `$1`, whose version has to be among `$2` (null: any will do), at the time `$3`.
    private static final String BEFORE = """
            with before as (
                select k.*, ($2::int[] is null or k.version = any($2)) as version_holds,
                       k.tenant_id is null and not exists (
                           select from api_key o
                            where o.tenant_id is null and o.id <> k.id and o.revoked_time is null
                              and (o.expires_time is null or o.expires_time > $3)) as is_last
                  from api_key k where k.id = $1 for no key update
            ), changed as (
                update api_key k set version = k.version + 1, updated_time = $3, %s
                  from before b where k.id = b.id and b.version_holds and b.revoked_time is null and %s
                returning k.*
            ), %s, logged as (
                insert into admin_event
                    (id, time, kind, tenant_id, subject_key_id, author_key_id, address, request_id, before, after)
                select $4, $5, '%s', k.tenant_id, k.id, $6, $7, $8, (select %s from before k), %s from changed k
            )
            select %s, b.version_holds, b.is_last, b.revoked_time is not null as was_revoked
              from before b
              join lateral (select c.* from changed c
                            union all
                            select o.* from api_key o where o.id = b.id and not exists (select from changed)) k on true
            """;

    private static final String CHANGE = change("api_key.updated", """
            name = coalesce($9, k.name), scopes = coalesce($10::text[], k.scopes),
            ip_allow_list = coalesce($11::text[], k.ip_allow_list),
            rate_limit = case when $12 then $13 else k.rate_limit end,
            expires_time = case when $14 then $15 else k.expires_time end""", """
            (k.name, k.scopes, k.ip_allow_list, k.rate_limit, k.expires_time) is distinct from
            (coalesce($9, k.name), coalesce($10::text[], k.scopes), coalesce($11::text[], k.ip_allow_list),
             case when $12 then $13 else k.rate_limit end, case when $14 then $15 else k.expires_time end)""");

    private static final String ROTATE = change("api_key.rotated", """
            secret_hash = $9, former_secret_hash = case when $10::bigint > 0 then b.secret_hash end,
            former_secret_until = case when $10::bigint > 0 then $3 + $10::bigint end""", "true");

    private static final String REVOKE = change(
            "api_key.revoked",
            "revoked_time = $3, former_secret_hash = null, former_secret_until = null",
            "not b.is_last");

    private ApiKeysTable() {}

    private static String change(String kind, String assignments, String condition) {
        return BEFORE.formatted(assignments, condition, Admin.BUMPED, kind, STATE, STATE, COLUMNS);
    }

    static Optional<ApiKey> find(Statements statements, ApiKeyId id) {
        return statements.first(FIND, id.value()).map(ApiKeysTable::key);
    }

    static boolean hasTenant(Statements statements, TenantId id) {
        return statements.first(HAS_TENANT, id.value()).isPresent();
    }

    /// Which keys to list: a null says nothing.
    record Filter(@Nullable TenantId tenant, @Nullable String prefix) {
        private @Nullable UUID tenantId() {
            return tenant == null ? null : tenant.value();
        }
    }

    static List<ApiKey> list(Statements statements, Filter filter, @Nullable UUID from, boolean backwards, int limit) {
        var keys = new ArrayList<ApiKey>();
        statements
                .query(backwards ? LIST_BACKWARDS : LIST, filter.tenantId(), filter.prefix(), from, limit)
                .forEach(row -> keys.add(key(row)));
        if (backwards) {
            Collections.reverse(keys);
        }
        return keys;
    }

    static long count(Statements statements, Filter filter) {
        return statements
                .first(COUNT, filter.tenantId(), filter.prefix())
                .orElseThrow()
                .getLong("total");
    }

    /// Empty where there is no such tenant.
    static Optional<ApiKey> create(
            Statements statements,
            UUID id,
            @Nullable TenantId tenant,
            ApiKeySecret secret,
            ApiKeyChange wanted,
            Author author) {
        return statements
                .first(
                        CREATE,
                        id,
                        tenant == null ? null : tenant.value(),
                        wanted.name().value(),
                        secret.prefix(),
                        Buffer.buffer(secret.hash()),
                        wanted.scopes().map(words -> words.toArray(String[]::new)),
                        wanted.allowList().value() == null
                                ? new String[0]
                                : wanted.allowList().value().toArray(String[]::new),
                        wanted.rateLimit().map(RateLimit::toString),
                        wanted.expiresTime().value(),
                        author.epochSecond(),
                        author.event().value(),
                        author.time(),
                        author.apiKey(),
                        author.address(),
                        author.requestId())
                .map(ApiKeysTable::key);
    }

    /// What became of a change: the key as it is now, and what may have stood in the way.
    record Outcome(ApiKey key, boolean versionHolds, boolean wasRevoked, boolean isLastAdminKey) {}

    static Optional<Outcome> change(
            Statements statements, ApiKeyId id, ApiKeyChange wanted, EntityTags ifMatch, Author author) {
        return statements
                .first(
                        CHANGE,
                        id.value(),
                        ifMatch.versions(),
                        author.epochSecond(),
                        author.event().value(),
                        author.time(),
                        author.apiKey(),
                        author.address(),
                        author.requestId(),
                        wanted.name().value(),
                        wanted.scopes().map(words -> words.toArray(String[]::new)),
                        wanted.allowList().map(blocks -> blocks.toArray(String[]::new)),
                        wanted.rateLimit().present(),
                        wanted.rateLimit().map(RateLimit::toString),
                        wanted.expiresTime().present(),
                        wanted.expiresTime().value())
                .map(ApiKeysTable::outcome);
    }

    static Optional<Outcome> rotate(
            Statements statements,
            ApiKeyId id,
            ApiKeySecret secret,
            long overlapSeconds,
            EntityTags ifMatch,
            Author author) {
        return statements
                .first(
                        ROTATE,
                        id.value(),
                        ifMatch.versions(),
                        author.epochSecond(),
                        author.event().value(),
                        author.time(),
                        author.apiKey(),
                        author.address(),
                        author.requestId(),
                        Buffer.buffer(secret.hash()),
                        overlapSeconds)
                .map(ApiKeysTable::outcome);
    }

    static Optional<Outcome> revoke(Statements statements, ApiKeyId id, EntityTags ifMatch, Author author) {
        return statements
                .first(
                        REVOKE,
                        id.value(),
                        ifMatch.versions(),
                        author.epochSecond(),
                        author.event().value(),
                        author.time(),
                        author.apiKey(),
                        author.address(),
                        author.requestId())
                .map(ApiKeysTable::outcome);
    }

    private static Outcome outcome(Row row) {
        return new Outcome(
                key(row), row.getBoolean("version_holds"), row.getBoolean("was_revoked"), row.getBoolean("is_last"));
    }

    private static ApiKey key(Row row) {
        var tenant = row.getUUID("tenant_id");
        return new ApiKey(
                new ApiKeyId(row.getUUID("id")),
                tenant == null ? null : new TenantId(tenant),
                row.getInteger("version"),
                row.getString("name"),
                row.getString("prefix"),
                List.of(row.getArrayOfStrings("scopes")),
                List.of(row.getArrayOfStrings("ip_allow_list")),
                row.getString("rate_limit"),
                row.getLong("expires_time"),
                row.getLong("revoked_time"),
                row.getLong("last_used_time"),
                row.getLong("former_secret_until"),
                row.getLong("updated_time"));
    }
}
