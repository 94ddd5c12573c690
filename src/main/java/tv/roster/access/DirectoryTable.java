package tv.roster.access;

import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.roster.database.Database;
import tv.roster.database.Statements;
import tv.roster.ids.ApiKeyId;
import tv.roster.ids.TenantId;

/// Reads tenants and keys that are in force.
public final class DirectoryTable {
    private static final String VERSION = "select access_version from installation";

    private static final String TENANTS = """
            select id, slug, name, user_flags from tenant""";

    private static final String KEYS = """
            select id, tenant_id, prefix, secret_hash, former_secret_hash, former_secret_until, scopes, expires_time
              from api_key
             where revoked_time is null""";

    private final Database database;

    public DirectoryTable(Database database) {
        this.database = database;
    }

    long version() {
        return database.first(VERSION).orElseThrow().getLong("access_version");
    }

    /// The version is read first: what changes meanwhile is read again at the next look.
    Directory.Snapshot read() {
        long version = version();
        return new Directory.Snapshot(version, keys(database));
    }

    private static Map<String, KnownKey> keys(Statements statements) {
        var tenants = new HashMap<UUID, KnownTenant>();
        for (var row : statements.query(TENANTS)) {
            var id = row.getUUID("id");
            tenants.put(
                    id,
                    new KnownTenant(
                            new TenantId(id),
                            row.getString("slug"),
                            row.getString("name"),
                            Set.of(row.getArrayOfStrings("user_flags"))));
        }
        var keys = new HashMap<String, KnownKey>();
        for (var row : statements.query(KEYS)) {
            var tenant = row.getUUID("tenant_id");
            if (tenant == null || tenants.containsKey(tenant)) {
                keys.put(row.getString("prefix"), key(row, tenant == null ? null : tenants.get(tenant)));
            }
        }
        return Map.copyOf(keys);
    }

    private static KnownKey key(Row row, @Nullable KnownTenant tenant) {
        var former = row.getBuffer("former_secret_hash");
        var formerUntil = row.getLong("former_secret_until");
        return new KnownKey(
                new ApiKeyId(row.getUUID("id")),
                tenant,
                row.getBuffer("secret_hash").getBytes(),
                former == null ? null : former.getBytes(),
                formerUntil == null ? 0 : formerUntil,
                Arrays.stream(row.getArrayOfStrings("scopes"))
                        .flatMap(word -> Scope.named(word).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                row.getLong("expires_time"));
    }
}
