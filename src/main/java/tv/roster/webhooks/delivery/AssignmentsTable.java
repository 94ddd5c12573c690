package tv.roster.webhooks.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;

/// Which node delivers to which endpoint. A node has its endpoints for the time of a lease, which it renews for all of
/// them together. Times are in epoch milliseconds.
final class AssignmentsTable {
    private static final String ANY = "select e.id from webhook_endpoint e where e.status = 'ENABLED' limit 1";

    private static final String RENEW = """
            insert into webhook_node as n (id, lease_until) values ($1, $2)
                on conflict (id) do update set lease_until = excluded.lease_until""";

    /// Takes the endpoints that no node has, or whose node is gone.
    private static final String CLAIM = """
            update webhook_endpoint e set node_id = $1
             where e.status = 'ENABLED'
               and (e.node_id is null
                    or not exists (select from webhook_node n where n.id = e.node_id and n.lease_until > $2))""";

    private static final String OWN =
            "select e.tenant_id, e.id, e.generation from webhook_endpoint e where e.node_id = $1 and e.status = 'ENABLED'";

    private static final String LOAD = """
            select e.tenant_id, e.id, e.generation, e.replays, e.url, e.kinds, e.sealed_secret, e.former_sealed_secret,
                   e.former_secret_until, e.position, e.failing_since
              from webhook_endpoint e
             where e.tenant_id = $1 and e.id = $2 and e.node_id = $3 and e.status = 'ENABLED'""";

    private static final String RELEASE = "update webhook_endpoint e set node_id = null where e.node_id = $1";

    private static final String FORGET = "delete from webhook_node n where n.id = $1 or n.lease_until < $2";

    private AssignmentsTable() {}

    /// Whether there is any endpoint to deliver to.
    static boolean hasAny(Statements statements) {
        return statements.find(ANY).isPresent();
    }

    static void renew(Statements statements, UUID node, long until) {
        statements.query(RENEW, node, until);
    }

    static void claim(Statements statements, UUID node, long now) {
        statements.query(CLAIM, node, now);
    }

    /// The endpoints of a node, with their generations.
    static Map<EndpointKey, Integer> own(Statements statements, UUID node) {
        var own = new HashMap<EndpointKey, Integer>();
        for (var row : statements.read(OWN, node)) {
            own.put(key(row), row.getInteger("generation"));
        }
        return own;
    }

    /// Empty if the node does not have the endpoint any more.
    static Optional<Assigned> load(Statements statements, EndpointKey key, UUID node) {
        return statements
                .find(LOAD, key.tenant().value(), key.id().value(), node)
                .map(AssignmentsTable::assigned);
    }

    /// Leaves all endpoints of a node to others, and forgets it and the nodes that are long gone.
    static void release(Statements statements, UUID node, long longGone) {
        statements.query(RELEASE, node);
        statements.query(FORGET, node, longGone);
    }

    private static EndpointKey key(Row row) {
        return new EndpointKey(new TenantId(row.getUUID("tenant_id")), new WebhookEndpointId(row.getUUID("id")));
    }

    private static Assigned assigned(Row row) {
        return new Assigned(
                key(row),
                row.getInteger("generation"),
                row.getInteger("replays"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("kinds")),
                row.getBuffer("sealed_secret").getBytes(),
                bytes(row.getBuffer("former_sealed_secret")),
                row.getLong("former_secret_until"),
                row.getString("position"),
                row.getLong("failing_since"));
    }

    private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }
}
