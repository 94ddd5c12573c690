package tv.roster.apikeys;

import static tv.roster.apikeys.ApiKeysTable.COLUMNS;
import static tv.roster.apikeys.ApiKeysTable.STATE;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import tv.roster.access.Admin;
import tv.roster.access.ApiKeySecret;
import tv.roster.database.Statements;
import tv.roster.events.Author;
import tv.roster.http.EntityTags;
import tv.roster.ids.ApiKeyId;
import tv.roster.ratelimit.RateLimit;

/// Changes, rotates and revokes keys; each is one statement that writes its event and tells the nodes.
final class ApiKeyChangesTable {
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

    private ApiKeyChangesTable() {}

    private static String change(String kind, String assignments, String condition) {
        return BEFORE.formatted(assignments, condition, Admin.BUMPED, kind, STATE, STATE, COLUMNS);
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
                .map(ApiKeyChangesTable::outcome);
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
                .map(ApiKeyChangesTable::outcome);
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
