package tv.roster.webhooks;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.webhooks.addresses.WebhookUrl;

/// The endpoints of a tenant, as its calls see and change them.
final class WebhookEndpointsTable {
    private static final String COLUMNS = """
            e.tenant_id, e.id, e.url, e.kinds, e.description, e.status, e.disabled_reason, e.position, e.created_time,
            e.last_success_time, e.last_failure_time, e.last_failure_status, e.last_failure_detail""";

    /// The state of an endpoint in the audit log.
    private static final String STATE = """
            jsonb_build_object('id', e.id, 'url', e.url, 'kinds', e.kinds, 'description', e.description,
                'status', e.status)""";

    private static final String FIND =
            "select %s from webhook_endpoint e where e.tenant_id = $1 and e.id = $2".formatted(COLUMNS);

    private static final String LIST = """
            select %s from webhook_endpoint e
             where e.tenant_id = $1 and ($2::uuid is null or e.id > $2)
             order by e.id limit $3""".formatted(COLUMNS);

    private static final String LIST_BACKWARDS = """
            select %s from webhook_endpoint e
             where e.tenant_id = $1 and ($2::uuid is null or e.id < $2)
             order by e.id desc limit $3""".formatted(COLUMNS);

    private static final String COUNT = "select count(*) from webhook_endpoint e where e.tenant_id = $1";

    /// Locks the tenant, so that two calls at once cannot exceed the limit together.
    private static final String LOCK = "select t.id from tenant t where t.id = $1 for no key update of t";

    private static final Sql CREATE = Sql.of(
            """
            with changed as (
                insert into webhook_endpoint (tenant_id, id, url, kinds, description, status, sealed_secret, created_time,
                    position)
                values (:tenant, :id, :url, :kinds, :description, :status, :sealed_secret, :now, :position)
                returning *
            ), logged as (
                %s
            )
            select %s from changed e""".formatted(event("'webhook_endpoint.created'").after(STATE).from("changed e"), COLUMNS));

    /// An endpoint that is enabled again goes on at once with what waits, as if it had not failed before.
    private static final Sql CHANGE = Sql.of("""
            with before as (
                select e.* from webhook_endpoint e where e.tenant_id = :tenant and e.id = :id for no key update of e
            ), changed as (
                update webhook_endpoint e
                   set url = coalesce(:url, e.url), kinds = coalesce(:kinds::text[], e.kinds),
                       description = case when :sets_description then :description else e.description end,
                       status = coalesce(:status, e.status),
                       disabled_reason = case when :status::text is null then e.disabled_reason end,
                       failing_since = case when :status::text is null then e.failing_since end,
                       generation = e.generation + 1
                  from before b
                 where e.tenant_id = :tenant and e.id = b.id
                   and (b.url, b.kinds, b.description, b.status) is distinct from
                       (coalesce(:url, b.url), coalesce(:kinds::text[], b.kinds),
                        case when :sets_description then :description else b.description end,
                        coalesce(:status, b.status))
                returning e.*
            ), due as (
                update webhook_waiting w set attempts = 0, since = :now_ms, due_time = :now_ms
                  from changed e
                 where w.tenant_id = :tenant and w.endpoint_id = e.id and :status = 'ENABLED'
            ), logged as (
                %s
            )
            select %s from (select c.* from changed c
                            union all
                            select b.* from before b where not exists (select from changed)) e""".formatted(
                    event("'webhook_endpoint.updated'")
                            .before("(select %s from before e)".formatted(STATE))
                            .after(STATE)
                            .from("changed e"),
                    COLUMNS));

    private static final Sql DELETE = Sql.of(
            """
            with changed as (
                delete from webhook_endpoint e where e.tenant_id = :tenant and e.id = :id returning e.*
            ), logged as (
                %s
            )
            select e.id from changed e""".formatted(event("'webhook_endpoint.deleted'").before(STATE).from("changed e")));

    private static final Sql ROTATE = Sql.of("""
            with changed as (
                update webhook_endpoint e
                   set sealed_secret = :sealed_secret,
                       former_sealed_secret = case when :overlap::bigint > 0 then e.sealed_secret end,
                       former_secret_until = case when :overlap::bigint > 0 then :now + :overlap::bigint end,
                       generation = e.generation + 1
                 where e.tenant_id = :tenant and e.id = :id
                returning e.*
            ), logged as (
                %s
            )
            select e.id from changed e""".formatted(event("'webhook_endpoint.secret_rotated'")
            .after("jsonb_build_object('id', e.id, 'former_secret_until', e.former_secret_until)")
            .from("changed e")));

    private static final String SECRETS = """
            select e.sealed_secret, case when e.former_secret_until > $3 then e.former_sealed_secret end as former
              from webhook_endpoint e
             where e.tenant_id = $1 and e.id = $2""";

    private WebhookEndpointsTable() {}

    private static EventLog event(String kind) {
        return EventLog.ofAdmin(kind).tenant(":tenant");
    }

    static Optional<WebhookEndpoint> find(Statements statements, TenantId tenant, WebhookEndpointId id) {
        return statements.find(FIND, tenant.value(), id.value()).map(WebhookEndpointsTable::endpoint);
    }

    static List<WebhookEndpoint> list(
            Statements statements, TenantId tenant, @Nullable UUID from, boolean backwards, int limit) {
        var endpoints = new ArrayList<WebhookEndpoint>();
        statements
                .read(backwards ? LIST_BACKWARDS : LIST, tenant.value(), from, limit)
                .forEach(row -> endpoints.add(endpoint(row)));
        if (backwards) {
            Collections.reverse(endpoints);
        }
        return endpoints;
    }

    static long count(Statements statements, TenantId tenant) {
        return statements.find(COUNT, tenant.value()).orElseThrow().getLong(0);
    }

    /// A new endpoint.
    record New(WebhookEndpointId id, WebhookChange wanted, byte[] sealedSecret, String position) {}

    /// Empty if the tenant has `most` endpoints.
    static Optional<WebhookEndpoint> create(
            Statements statements, TenantId tenant, New endpoint, int most, EventLine line) {
        return statements.inTransaction(transaction -> {
            transaction.query(LOCK, tenant.value());
            if (count(transaction, tenant) >= most) {
                return Optional.empty();
            }
            return transaction
                    .first(values(CREATE, tenant, endpoint.id(), endpoint.wanted(), line)
                            .set("sealed_secret", Buffer.buffer(endpoint.sealedSecret()))
                            .set("now", line.epochSecond())
                            .set("position", endpoint.position()))
                    .map(WebhookEndpointsTable::endpoint);
        });
    }

    static Optional<WebhookEndpoint> change(
            Statements statements, TenantId tenant, WebhookEndpointId id, WebhookChange wanted, EventLine line) {
        return statements
                .first(values(CHANGE, tenant, id, wanted, line)
                        .set("sets_description", wanted.description().present())
                        .set("now_ms", line.time().toInstant().toEpochMilli()))
                .map(WebhookEndpointsTable::endpoint);
    }

    private static Sql.Binding values(
            Sql sql, TenantId tenant, WebhookEndpointId id, WebhookChange wanted, EventLine line) {
        return sql.bind()
                .set("tenant", tenant.value())
                .set("id", id.value())
                .set("url", text(wanted.url()))
                .set("kinds", wanted.kinds() == null ? null : wanted.kinds().toArray(String[]::new))
                .set("description", wanted.description().value())
                .set("status", wanted.status() == null ? null : wanted.status().name())
                .set(line);
    }

    private static @Nullable String text(@Nullable WebhookUrl url) {
        return url == null ? null : url.text();
    }

    /// Returns false if there is no such endpoint.
    static boolean delete(Statements statements, TenantId tenant, WebhookEndpointId id, EventLine line) {
        return statements
                .first(DELETE.bind()
                        .set("tenant", tenant.value())
                        .set("id", id.value())
                        .set(line))
                .isPresent();
    }

    /// Returns false if there is no such endpoint.
    static boolean rotate(
            Statements statements,
            TenantId tenant,
            WebhookEndpointId id,
            byte[] sealedSecret,
            long overlapSeconds,
            EventLine line) {
        return statements
                .first(ROTATE.bind()
                        .set("tenant", tenant.value())
                        .set("id", id.value())
                        .set("sealed_secret", Buffer.buffer(sealedSecret))
                        .set("overlap", overlapSeconds)
                        .set("now", line.epochSecond())
                        .set(line))
                .isPresent();
    }

    /// The sealed secrets that sign at this time (epoch seconds), the newest first.
    static List<byte[]> secrets(Statements statements, TenantId tenant, WebhookEndpointId id, long now) {
        var secrets = new ArrayList<byte[]>();
        for (var row : statements.read(SECRETS, tenant.value(), id.value(), now)) {
            secrets.add(row.getBuffer("sealed_secret").getBytes());
            if (row.getBuffer("former") != null) {
                secrets.add(row.getBuffer("former").getBytes());
            }
        }
        return secrets;
    }

    private static WebhookEndpoint endpoint(Row row) {
        var failed = row.getLong("last_failure_time");
        return new WebhookEndpoint(
                new TenantId(row.getUUID("tenant_id")),
                new WebhookEndpointId(row.getUUID("id")),
                row.getString("url"),
                List.of(row.getArrayOfStrings("kinds")),
                row.getString("description"),
                WebhookStatus.valueOf(row.getString("status")),
                row.getString("disabled_reason"),
                row.getString("position"),
                row.getLong("created_time"),
                row.getLong("last_success_time"),
                failed == null
                        ? null
                        : new WebhookEndpoint.Failure(
                                failed, row.getInteger("last_failure_status"), row.getString("last_failure_detail")));
    }
}
