package tv.roster.apikeys;

import static tv.roster.apikeys.ApiKeysTable.COLUMNS;
import static tv.roster.apikeys.ApiKeysTable.STATE;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import tv.roster.access.Admin;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.events.log.EventLine;
import tv.roster.platform.database.Statements;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ApiKeyId;

/// Changes, rotates and revokes keys; each is one statement that writes its event and tells the nodes.
final class ApiKeyChangesTable {
    /// The end of a key that has none, later than any other; in epoch seconds, as all ends are.
    private static final String NEVER = "253402300800";

    /// Whether a list of networks lets in the address that the change comes from.
    private static final String ADMITS = """
            (%1$s = '{}' or exists (select from unnest(%1$s) as block where $7::text::inet <<= block::inet))""";

    /// A change of key `$1`, whose version has to be among `$2` (null: any will do), at the time `$3`.
    ///
    /// A change of an admin key locks all admin keys first, always in the same order, so that two of them cannot
    /// each count on the key that the other takes away. `is_last` where the key would end sooner than before, and
    /// none would be left that opens from the caller's address for a day.
    private static final String CHANGED = """
            with admins as (
                select o.id, coalesce(o.expires_time, %1$s) as ends, %2$s as admits
                  from api_key o
                 where o.tenant_id is null and o.revoked_time is null
                   and exists (select from api_key k where k.id = $1 and k.tenant_id is null)
                 order by o.id
                   for no key update of o
            ), before as (
                select k.*, ($2::int[] is null or k.version = any($2)) as version_holds,
                       coalesce(own.ends > greatest(rest.ends, %3$s) and $3::bigint + 86400 > greatest(rest.ends, %3$s), false)
                           as is_last
                  from api_key k
                  left join admins own on own.id = k.id
                 cross join (select coalesce(max(a.ends), 0) as ends
                               from admins a where a.id <> $1 and a.admits) as rest
                 where k.id = $1
                   for no key update of k
            ), changed as (
                update api_key k set version = k.version + 1, updated_time = greatest(k.updated_time, $3), %4$s
                  from before b
                 where k.id = b.id and b.version_holds and b.revoked_time is null and not b.is_last and %5$s
                returning k.*
            ), %6$s, logged as (
                insert into admin_event
                    (id, time, kind, tenant_id, subject_key_id, author_key_id, address, request_id, before, after)
                select $4, $5, '%7$s', k.tenant_id, k.id, $6, $7, $8, (select %8$s from before k), %8$s from changed k
            )
            select %9$s, b.version_holds, b.is_last, b.revoked_time is not null as was_revoked
              from before b
              join lateral (select c.* from changed c
                            union all
                            select o.* from api_key o where o.id = b.id and not exists (select from changed)) k on true
            """;

    private static final String CHANGE = change(
            "api_key.updated",
            "case when $11::text[] is not null and not %s then 0 when $14 then coalesce($15, %s) else own.ends end"
                    .formatted(ADMITS.formatted("$11::text[]"), NEVER),
            """
            name = coalesce($9, k.name), scopes = coalesce($10::text[], k.scopes),
            ip_allow_list = coalesce($11::text[], k.ip_allow_list),
            rate_limit = case when $12 then $13 else k.rate_limit end,
            expires_time = case when $14 then $15 else k.expires_time end""",
            """
            (k.name, k.scopes, k.ip_allow_list, k.rate_limit, k.expires_time) is distinct from
            (coalesce($9, k.name), coalesce($10::text[], k.scopes), coalesce($11::text[], k.ip_allow_list),
             case when $12 then $13 else k.rate_limit end, case when $14 then $15 else k.expires_time end)""");

    private static final String ROTATE = change("api_key.rotated", "own.ends", """
            secret_hash = $9, former_secret_hash = case when $10::bigint > 0 then b.secret_hash end,
            former_secret_until = case when $10::bigint > 0 then $3 + $10::bigint end""", "true");

    private static final String REVOKE = change(
            "api_key.revoked", "0", "revoked_time = $3, former_secret_hash = null, former_secret_until = null", "true");

    private ApiKeyChangesTable() {}

    /// `end` is when the key ends after the change, 0 where it is of no use to the caller any more.
    private static String change(String kind, String end, String assignments, String condition) {
        return CHANGED.formatted(
                NEVER,
                ADMITS.formatted("o.ip_allow_list"),
                end,
                assignments,
                condition,
                Admin.BUMPED,
                kind,
                STATE,
                COLUMNS);
    }

    /// What became of a change: the key as it is now, and what may have stood in the way.
    record Outcome(ApiKey key, boolean versionHolds, boolean wasRevoked, boolean isLastAdminKey) {}

    static Optional<Outcome> change(
            Statements statements, ApiKeyId id, ApiKeyChange wanted, ExpectedVersion version, EventLine line) {
        return statements
                .first(
                        CHANGE,
                        id.value(),
                        version.oneOf(),
                        line.epochSecond(),
                        line.id().value(),
                        line.time(),
                        line.apiKey(),
                        line.address(),
                        line.requestId(),
                        wanted.name().value(),
                        wanted.scopes().map(words -> words.toArray(String[]::new)),
                        wanted.allowList().map(blocks -> blocks.toArray(String[]::new)),
                        wanted.rateLimit().present(),
                        wanted.rateLimit().map(RateLimit::toString),
                        wanted.expiresTime().present(),
                        wanted.expiresTime().value())
                .map(ApiKeyChangesTable::outcome);
    }

    static Optional<Outcome> rotate(
            Statements statements,
            ApiKeyId id,
            ApiKeySecret secret,
            long overlapSeconds,
            ExpectedVersion version,
            EventLine line) {
        return statements
                .first(
                        ROTATE,
                        id.value(),
                        version.oneOf(),
                        line.epochSecond(),
                        line.id().value(),
                        line.time(),
                        line.apiKey(),
                        line.address(),
                        line.requestId(),
                        Buffer.buffer(secret.hash()),
                        overlapSeconds)
                .map(ApiKeyChangesTable::outcome);
    }

    static Optional<Outcome> revoke(Statements statements, ApiKeyId id, ExpectedVersion version, EventLine line) {
        return statements
                .first(
                        REVOKE,
                        id.value(),
                        version.oneOf(),
                        line.epochSecond(),
                        line.id().value(),
                        line.time(),
                        line.apiKey(),
                        line.address(),
                        line.requestId())
                .map(ApiKeyChangesTable::outcome);
    }

    private static Outcome outcome(Row row) {
        return new Outcome(
                ApiKeysTable.key(row),
                row.getBoolean("version_holds"),
                row.getBoolean("was_revoked"),
                row.getBoolean("is_last"));
    }
}
