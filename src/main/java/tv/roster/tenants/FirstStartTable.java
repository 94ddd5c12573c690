package tv.roster.tenants;

import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.Scope;
import tv.roster.platform.sql.Statements;

/// Writes the first data of a new installation.
final class FirstStartTable {
    private static final String INSTALLED = "select only_row from installation";

    private static final String ADD_TENANT =
            "insert into tenant (id, slug, name, updated_time) values ($1, $2, $3, $4)";

    private static final String ADD_KEY = """
            insert into api_key (id, tenant_id, name, prefix, secret_hash, scopes, updated_time)
            values ($1, $2, $3, $4, $5, $6, $7)""";

    private FirstStartTable() {}

    static boolean isInstalled(Statements statements) {
        return statements.find(INSTALLED).isPresent();
    }

    static void addTenant(Statements transaction, UUID id, String slug, String name, long now) {
        transaction.query(ADD_TENANT, id, slug, name, now);
    }

    static void addKey(
            Statements transaction,
            UUID id,
            @Nullable UUID tenant,
            String name,
            ApiKeySecret key,
            Set<Scope> scopes,
            long now) {
        transaction.query(
                ADD_KEY,
                id,
                tenant,
                name,
                key.prefix(),
                Buffer.buffer(key.hash()),
                scopes.stream().map(Scope::word).sorted().toArray(String[]::new),
                now);
    }
}
