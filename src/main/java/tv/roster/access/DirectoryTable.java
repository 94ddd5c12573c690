package tv.roster.access;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.AllowList;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.ratelimit.Claim;
import tv.roster.access.ratelimit.Policy;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.platform.database.Database;
import tv.roster.platform.json.Json;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;

/// Reads the tenants and keys that are in force, and stores when keys were last used.
public final class DirectoryTable {
    private static final String VERSION = "select access_version from installation";

    private static final String TENANTS = """
            select id, slug, name, user_flags, ip_allow_list, settings::text as settings from tenant""";

    private static final String KEYS = """
            select id, tenant_id, name, prefix, secret_hash, former_secret_hash, former_secret_until, scopes,
                   ip_allow_list, expires_time, rate_limit
              from api_key
             where revoked_time is null""";

    /// Locks the keys in the same order as a change of an admin key does.
    private static final String WRITE_LAST_USE = """
            update api_key k set last_used_time = greatest(k.last_used_time, used.time)
              from (select o.id, noted.time
                      from unnest($1::uuid[], $2::bigint[]) as noted (id, time)
                      join api_key o on o.id = noted.id
                     order by o.id
                       for no key update of o) as used
             where k.id = used.id""";

    private final Database database;
    private final Statements housekeeping;

    public DirectoryTable(Database database) {
        this.database = database;
        this.housekeeping = database.housekeeping();
    }

    long version() {
        return housekeeping.find(VERSION).orElseThrow().getLong("access_version");
    }

    /// A state of the database: its version, the tenants, and the keys by prefix.
    record Snapshot(long version, Map<TenantId, KnownTenant> tenants, Map<String, KnownKey> keys) {}

    /// The version is read first, so that a change made in the meantime is read at the next check.
    Snapshot read() {
        long version = version();
        var tenants = tenants(housekeeping);
        return new Snapshot(version, tenants, keys(housekeeping, tenants));
    }

    private static Map<TenantId, KnownTenant> tenants(Statements statements) {
        var tenants = new HashMap<TenantId, KnownTenant>();
        for (var row : statements.read(TENANTS)) {
            tenants.put(new TenantId(row.getUUID("id")), tenant(row));
        }
        return Map.copyOf(tenants);
    }

    private static Map<String, KnownKey> keys(Statements statements, Map<TenantId, KnownTenant> tenants) {
        var keys = new HashMap<String, KnownKey>();
        for (var row : statements.read(KEYS)) {
            var tenant = row.getUUID("tenant_id");
            var known = tenant == null ? null : tenants.get(new TenantId(tenant));
            if (tenant == null || known != null) {
                keys.put(row.getString("prefix"), key(row, known));
            }
        }
        return Map.copyOf(keys);
    }

    private static KnownTenant tenant(Row row) {
        return new KnownTenant(
                new TenantId(row.getUUID("id")),
                row.getString("slug"),
                row.getString("name"),
                Set.copyOf(List.of(row.getArrayOfStrings("user_flags"))),
                allowList(row),
                TenantSettings.of(Json.read(row.getString("settings").getBytes(StandardCharsets.UTF_8))));
    }

    private static KnownKey key(Row row, @Nullable KnownTenant tenant) {
        var former = row.getBuffer("former_secret_hash");
        var formerUntil = row.getLong("former_secret_until");
        return new KnownKey(
                new ApiKeyId(row.getUUID("id")),
                tenant,
                row.getString("name"),
                row.getString("prefix"),
                row.getBuffer("secret_hash").getBytes(),
                former == null ? null : former.getBytes(),
                formerUntil == null ? 0 : formerUntil,
                Arrays.stream(row.getArrayOfStrings("scopes"))
                        .flatMap(word -> Scope.named(word).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                allowList(row),
                row.getLong("expires_time"),
                claims(row, tenant));
    }

    private static AllowList allowList(Row row) {
        return new AllowList(Arrays.stream(row.getArrayOfStrings("ip_allow_list"))
                .map(CidrBlock::parse)
                .toList());
    }

    private static List<Claim> claims(Row row, @Nullable KnownTenant tenant) {
        var claims = new ArrayList<Claim>();
        var own = row.getString("rate_limit");
        var ofKey = own != null
                ? RateLimit.parse(own)
                : tenant == null ? null : tenant.settings().keyRateLimit();
        if (ofKey != null) {
            claims.add(new Claim(Policy.KEY, row.getUUID("id"), ofKey));
        }
        var ofTenant = tenant == null ? null : tenant.settings().rateLimit();
        if (ofTenant != null) {
            claims.add(new Claim(Policy.TENANT, row.getUUID("tenant_id"), ofTenant));
        }
        return claims;
    }

    /// Times are in epoch seconds. A later time written by another node is kept.
    void writeLastUse(Map<ApiKeyId, Long> uses) {
        var ids = new ArrayList<UUID>();
        var times = new ArrayList<Long>();
        uses.forEach((key, time) -> {
            ids.add(key.value());
            times.add(time);
        });
        database.query(WRITE_LAST_USE, ids.toArray(UUID[]::new), times.toArray(Long[]::new));
    }
}
