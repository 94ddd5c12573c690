package tv.roster.apikeys;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.calls.Admin;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;

/// Reads keys, and creates them with one statement that also writes the event.
final class ApiKeysTable {
    static final String COLUMNS = """
            k.id, k.tenant_id, k.version, k.name, k.prefix, k.scopes, k.ip_allow_list, k.rate_limit, k.expires_time,
            k.revoked_time, k.last_used_time, k.former_secret_until, k.updated_time""";

    /// The state of a key in the event log, without anything that would allow its use.
    static final String STATE = """
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

    /// The id of no tenant. An admin key asks for it, since a distributed PostgreSQL would insert nothing if the
    /// condition compared the id with null.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final Sql CREATE = Sql.of("""
            with changed as (
                insert into api_key (id, tenant_id, name, prefix, secret_hash, scopes, ip_allow_list, rate_limit,
                    expires_time, updated_time)
                select :id, :tenant, :name, :prefix, :secret_hash, :scopes, coalesce(:ip_allow_list::text[], '{}'), :rate_limit,
                       :expires_time, :now
                  from (select count(*) as tenants from tenant t where t.id = coalesce(:tenant::uuid, '%s')) as found
                 where :tenant::uuid is null or found.tenants = 1
                returning *
            ), %s, logged as (
                %s
            )
            select %s from changed k""".formatted(
            NO_TENANT, Admin.BUMPED, event("'api_key.created'").after(STATE).from("changed k"), COLUMNS));

    private ApiKeysTable() {}

    static EventLog event(String kind) {
        return EventLog.ofAdmin(kind).tenant("k.tenant_id").subjectKey("k.id");
    }

    static Optional<ApiKey> find(Statements statements, ApiKeyId id) {
        return statements.find(FIND, id.value()).map(ApiKeysTable::key);
    }

    static boolean hasTenant(Statements statements, TenantId id) {
        return statements.find(HAS_TENANT, id.value()).isPresent();
    }

    /// Which keys to list; null means no restriction.
    record Filter(@Nullable TenantId tenant, @Nullable String prefix) {
        private @Nullable UUID tenantId() {
            return tenant == null ? null : tenant.value();
        }
    }

    static List<ApiKey> list(Statements statements, Filter filter, @Nullable UUID from, boolean backwards, int limit) {
        var keys = new ArrayList<ApiKey>();
        statements
                .read(backwards ? LIST_BACKWARDS : LIST, filter.tenantId(), filter.prefix(), from, limit)
                .forEach(row -> keys.add(key(row)));
        if (backwards) {
            Collections.reverse(keys);
        }
        return keys;
    }

    static long count(Statements statements, Filter filter) {
        return statements
                .find(COUNT, filter.tenantId(), filter.prefix())
                .orElseThrow()
                .getLong("total");
    }

    /// Empty if there is no such tenant.
    static Optional<ApiKey> create(
            Statements statements,
            UUID id,
            @Nullable TenantId tenant,
            ApiKeySecret secret,
            ApiKeyChange wanted,
            EventLine line) {
        return statements
                .first(values(CREATE, id, wanted, line)
                        .set("tenant", tenant == null ? null : tenant.value())
                        .set("prefix", secret.prefix())
                        .set("secret_hash", Buffer.buffer(secret.hash())))
                .map(ApiKeysTable::key);
    }

    /// The parameters that the statements that create and change a key have in common.
    static Sql.Binding values(Sql sql, UUID id, ApiKeyChange wanted, EventLine line) {
        return sql.bind()
                .set("id", id)
                .set("name", wanted.name().value())
                .set("scopes", wanted.scopes().map(words -> words.toArray(String[]::new)))
                .set("ip_allow_list", wanted.allowList().map(blocks -> blocks.toArray(String[]::new)))
                .set("rate_limit", wanted.rateLimit().map(RateLimit::toString))
                .set("expires_time", wanted.expiresTime().value())
                .set("now", line.epochSecond())
                .set(line);
    }

    static ApiKey key(Row row) {
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
