package tv.roster.apikeys;

import static tv.roster.apikeys.ApiKeysTable.COLUMNS;
import static tv.roster.apikeys.ApiKeysTable.STATE;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import tv.roster.access.ApiKeySecret;
import tv.roster.calls.Admin;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ApiKeyId;

/// Changes, rotates and revokes keys, each with one statement that also writes its event.
final class ApiKeyChangesTable {
    /// Represents the end of a key that does not expire, later than any other, in epoch seconds.
    private static final String NEVER = "253402300800";

    /// Whether a list of networks contains the address that the change comes from.
    private static final String ADMITS = """
            (%1$s = '{}' or exists (select from unnest(%1$s) as block where :event_address::text::inet <<= block::inet))""";

    /// A change of a key whose version must be among `:versions` (null accepts any).
    ///
    /// A change of an admin key locks all admin keys first, always in the same order, so that two concurrent
    /// changes cannot each rely on the key that the other one removes. `is_last` is true if the change would
    /// shorten the key's life and no admin key would remain usable from the caller's address for another day.
    private static final String CHANGED = """
            with admins as (
                select o.id, coalesce(o.expires_time, %1$s) as ends, %2$s as admits
                  from api_key o
                 where o.tenant_id is null and o.revoked_time is null
                   and exists (select from api_key k where k.id = :id and k.tenant_id is null)
                 order by o.id
                   for no key update of o
            ), before as (
                select k.*, (:versions::int[] is null or k.version = any(:versions)) as version_holds,
                       coalesce(own.ends > greatest(rest.ends, %3$s)
                                    and :now::bigint + 86400 > greatest(rest.ends, %3$s), false) as is_last
                  from api_key k
                  left join admins own on own.id = k.id
                 cross join (select coalesce(max(a.ends), 0) as ends
                               from admins a where a.id <> :id and a.admits) as rest
                 where k.id = :id
                   for no key update of k
            ), changed as (
                update api_key k set version = k.version + 1, updated_time = greatest(k.updated_time, :now), %4$s
                  from before b
                 where k.id = b.id and b.version_holds and b.revoked_time is null and not b.is_last and %5$s
                returning k.*
            ), %6$s, logged as (
                %7$s
            )
            select %8$s, b.version_holds, b.is_last, b.revoked_time is not null as was_revoked
              from before b
              join lateral (select c.* from changed c
                            union all
                            select o.* from api_key o where o.id = b.id and not exists (select from changed)) k on true
            """;

    private static final Sql CHANGE =
            change("'api_key.updated'", """
            case when :ip_allow_list::text[] is not null and not %s then 0
                 when :sets_expires_time then coalesce(:expires_time, %s)
                 else own.ends end""".formatted(ADMITS.formatted(":ip_allow_list::text[]"), NEVER), """
            name = coalesce(:name, k.name), scopes = coalesce(:scopes::text[], k.scopes),
            ip_allow_list = coalesce(:ip_allow_list::text[], k.ip_allow_list),
            rate_limit = case when :sets_rate_limit then :rate_limit else k.rate_limit end,
            expires_time = case when :sets_expires_time then :expires_time else k.expires_time end""", """
            (k.name, k.scopes, k.ip_allow_list, k.rate_limit, k.expires_time) is distinct from
            (coalesce(:name, k.name), coalesce(:scopes::text[], k.scopes),
             coalesce(:ip_allow_list::text[], k.ip_allow_list),
             case when :sets_rate_limit then :rate_limit else k.rate_limit end,
             case when :sets_expires_time then :expires_time else k.expires_time end)""");

    private static final Sql ROTATE = change("'api_key.rotated'", "own.ends", """
            secret_hash = :secret_hash, former_secret_hash = case when :overlap::bigint > 0 then b.secret_hash end,
            former_secret_until = case when :overlap::bigint > 0 then :now + :overlap::bigint end""", "true");

    private static final Sql REVOKE = change(
            "'api_key.revoked'",
            "0",
            "revoked_time = :now, former_secret_hash = null, former_secret_until = null",
            "true");

    private ApiKeyChangesTable() {}

    /// `end` is when the key ends after the change; 0 if the caller cannot use it any more.
    private static Sql change(String kind, String end, String assignments, String condition) {
        var event = ApiKeysTable.event(kind)
                .before("(select %s from before k)".formatted(STATE))
                .after(STATE)
                .from("changed k");
        return Sql.of(CHANGED.formatted(
                NEVER, ADMITS.formatted("o.ip_allow_list"), end, assignments, condition, Admin.BUMPED, event, COLUMNS));
    }

    /// The outcome of a change: the key as it is now, and what may have prevented the change.
    record Outcome(ApiKey key, boolean versionHolds, boolean wasRevoked, boolean isLastAdminKey) {}

    static Optional<Outcome> change(
            Statements statements, ApiKeyId id, ApiKeyChange wanted, ExpectedVersion version, EventLine line) {
        return statements
                .first(ApiKeysTable.values(CHANGE, id.value(), wanted, line)
                        .set("sets_rate_limit", wanted.rateLimit().present())
                        .set("sets_expires_time", wanted.expiresTime().present())
                        .set("versions", version.oneOf()))
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
                .first(bind(ROTATE, id, version, line)
                        .set("secret_hash", Buffer.buffer(secret.hash()))
                        .set("overlap", overlapSeconds))
                .map(ApiKeyChangesTable::outcome);
    }

    static Optional<Outcome> revoke(Statements statements, ApiKeyId id, ExpectedVersion version, EventLine line) {
        return statements.first(bind(REVOKE, id, version, line)).map(ApiKeyChangesTable::outcome);
    }

    private static Sql.Binding bind(Sql sql, ApiKeyId id, ExpectedVersion version, EventLine line) {
        return sql.bind()
                .set("id", id.value())
                .set("versions", version.oneOf())
                .set("now", line.epochSecond())
                .set(line);
    }

    private static Outcome outcome(Row row) {
        return new Outcome(
                ApiKeysTable.key(row),
                row.getBoolean("version_holds"),
                row.getBoolean("was_revoked"),
                row.getBoolean("is_last"));
    }
}
