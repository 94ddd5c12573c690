package tv.roster.webhooks.delivery;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Columns;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.values.people.Person;

/// The latest attempts to deliver events.
public final class WebhookAttemptsTable {
    private static final String COLUMNS = "a.id, a.event_id, a.time, a.status, a.milliseconds, a.response, a.detail";

    private static final String LIST = """
            select %s from (select * from webhook_attempt l
                             where l.tenant_id = $1 and l.endpoint_id = $2 order by l.id desc limit %d) a
             where $3::uuid is null or a.id < $3
             order by a.id desc limit $4""".formatted(COLUMNS, WebhookAttempt.KEPT);

    private static final String LIST_BACKWARDS = """
            select %s from (select * from webhook_attempt l
                             where l.tenant_id = $1 and l.endpoint_id = $2 order by l.id desc limit %d) a
             where $3::uuid is null or a.id > $3
             order by a.id limit $4""".formatted(COLUMNS, WebhookAttempt.KEPT);

    /// An attempt is stored some time after it was made: the user whom its event was about may have been erased since.
    /// Why there was no response to the event of the erasure itself stays: Roster's own words about the connection.
    private static final String ADD = """
            insert into webhook_attempt (tenant_id, endpoint_id, id, event_id, time, status, milliseconds, response, detail)
            select $1, $2, a.id, a.event_id, a.time, a.status, a.milliseconds,
                   case when a.kind is null then a.response end,
                   case when a.kind is null or a.kind = 'user.erased' then a.detail end
              from (select t.*, (select e.kind from user_event e
                                  where e.tenant_id = $1 and e.id = t.event_id
                                    and e.user_id = any(array(select x.user_id from erasure x
                                                               where x.tenant_id = $1 and x.user_id = e.user_id))) as kind
                      from unnest($3::uuid[], $4::uuid[], $5::bigint[], $6::int[], $7::int[], $8::text[], $9::text[])
                           as t (id, event_id, time, status, milliseconds, response, detail)) a
                on conflict (tenant_id, endpoint_id, id) do nothing""";

    private static final String TRIM = """
            delete from webhook_attempt a
             where a.tenant_id = $1 and a.endpoint_id = $2
               and a.id < (select k.id from webhook_attempt k
                            where k.tenant_id = $1 and k.endpoint_id = $2
                            order by k.id desc offset %d limit 1)""".formatted(WebhookAttempt.KEPT - 1);

    /// Whoever stores attempts has the endpoint's row: what is being stored is waited for, and what is stored later
    /// finds that the user was erased.
    private static final String LOCK_ENDPOINTS =
            "select from webhook_endpoint e where e.tenant_id = $1 order by e.id for no key update";

    /// A receiver may repeat in its response what it has received.
    private static final String ERASE = """
            update webhook_attempt a
               set response = null, detail = null
             where a.tenant_id = $1 and (a.response is not null or a.detail is not null)
               and a.event_id = any(array(select e.id from user_event e where e.tenant_id = $1 and e.user_id = $2))""";

    private WebhookAttemptsTable() {}

    /// Up to `limit` attempts before `from`, newest first; backwards those after it.
    public static List<WebhookAttempt> list(
            Statements statements,
            TenantId tenant,
            WebhookEndpointId endpoint,
            @Nullable UUID from,
            boolean backwards,
            int limit) {
        var attempts = new ArrayList<WebhookAttempt>();
        statements
                .read(backwards ? LIST_BACKWARDS : LIST, tenant.value(), endpoint.value(), from, limit)
                .forEach(row -> attempts.add(attempt(row)));
        if (backwards) {
            Collections.reverse(attempts);
        }
        return attempts;
    }

    static void add(Statements statements, TenantId tenant, WebhookEndpointId endpoint, List<WebhookAttempt> attempts) {
        var columns = new Columns<>(attempts);
        statements.query(
                ADD,
                tenant.value(),
                endpoint.value(),
                columns.uuids(WebhookAttempt::id),
                columns.uuids(WebhookAttempt::event),
                columns.longs(WebhookAttempt::time),
                columns.integers(WebhookAttempt::status),
                columns.integers(WebhookAttempt::milliseconds),
                columns.texts(WebhookAttempt::response),
                columns.texts(WebhookAttempt::detail));
    }

    /// Deletes all but the latest.
    static void trim(Statements statements, TenantId tenant, WebhookEndpointId endpoint) {
        statements.query(TRIM, tenant.value(), endpoint.value());
    }

    /// Empties the responses to the events of a person; returns their number. Until the end of the transaction,
    /// nothing is stored about deliveries of the tenant.
    public static int erase(Statements transaction, Person person) {
        transaction.query(LOCK_ENDPOINTS, person.tenant().value());
        return transaction
                .query(ERASE, person.tenant().value(), person.user().value())
                .rowCount();
    }

    private static WebhookAttempt attempt(Row row) {
        return new WebhookAttempt(
                row.getUUID("id"),
                row.getUUID("event_id"),
                row.getLong("time"),
                row.getInteger("status"),
                row.getInteger("milliseconds"),
                row.getString("response"),
                row.getString("detail"));
    }
}
