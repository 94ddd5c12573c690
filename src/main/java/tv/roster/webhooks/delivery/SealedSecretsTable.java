package tv.roster.webhooks.delivery;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;

/// The secrets of all endpoints, as they are stored.
final class SealedSecretsTable {
    private static final String ALL =
            "select e.tenant_id, e.id, e.sealed_secret, e.former_sealed_secret from webhook_endpoint e";

    /// Unless the secret has been rotated meanwhile.
    private static final String REPLACE = """
            update webhook_endpoint e set sealed_secret = $4, former_sealed_secret = $5
             where e.tenant_id = $1 and e.id = $2 and e.sealed_secret = $3""";

    private SealedSecretsTable() {}

    record Stored(EndpointKey key, byte[] current, byte @Nullable [] former) {}

    static List<Stored> all(Statements statements) {
        var all = new ArrayList<Stored>();
        for (var row : statements.read(ALL)) {
            var former = row.getBuffer("former_sealed_secret");
            all.add(new Stored(
                    new EndpointKey(new TenantId(row.getUUID("tenant_id")), new WebhookEndpointId(row.getUUID("id"))),
                    row.getBuffer("sealed_secret").getBytes(),
                    former == null ? null : former.getBytes()));
        }
        return all;
    }

    static void replace(Statements statements, Stored stored, byte[] current, byte @Nullable [] former) {
        statements.query(
                REPLACE,
                stored.key().tenant().value(),
                stored.key().id().value(),
                Buffer.buffer(stored.current()),
                Buffer.buffer(current),
                former == null ? null : Buffer.buffer(former));
    }
}
