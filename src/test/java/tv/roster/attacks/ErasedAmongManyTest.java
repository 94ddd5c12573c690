package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.document;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// A user with a very long history is erased, in a tenant with many stored responses and rejected rows. The long form:
/// `-Derased.events=100000 -Derased.rows=200000`.
class ErasedAmongManyTest {
    private static final int EVENTS = Integer.getInteger("erased.events", 3_000);
    private static final int ROWS = Integer.getInteger("erased.rows", 6_000);

    private final TestServer server = new TestServer(Map.of(), InstantSource.system());
    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "users:read", "users:write", "privacy");

    @AfterEach
    void stop() {
        server.close();
    }

    /// Each change gave the user another name, address, number and external id.
    private void addHistory(String id) {
        server.execute("""
                insert into user_event (id, tenant_id, user_id, time, kind, version, feed_order, api_key_id, before, after)
                select gen_random_uuid(), e.tenant_id, e.user_id, now(), 'user.updated', n, e.feed_order, e.api_key_id,
                       s || '{}', s
                  from user_event e cross join generate_series(2, ?) n
                 cross join lateral (select jsonb_build_object('version', n, 'name', 'Zaphod the ' || n,
                       'email', 'zaphod.' || n || '@example.org', 'external_id', 'zaphod-' || n,
                       'telephone_number_E123', '+358 40 ' || n)) x (s)
                 where e.tenant_id = ? and e.user_id = ?""", EVENTS, tenant, UUID.fromString(id));
    }

    private void addRows() {
        var importId = UUID.randomUUID();
        server.execute("""
                insert into idempotency_key (tenant_id, key, request_digest, created_time, status, headers, body, about)
                select ?, 'key' || n, '', extract(epoch from now()), 422, '{}', convert_to(
                       '{"jsonapi":{"version":"1.1"},"errors":[{"id":"zaphod' || n || '","status":"422","code":"invalid_value",'
                       || '"detail":"This is not an address.","links":{"about":"http://127.0.0.1/errors/invalid_value"}}]}',
                       'UTF8'), '{}'
                  from generate_series(1, ?) n""", tenant, ROWS);
        server.execute("""
                insert into import (tenant_id, id, status, mode, dry_run, format, columns, separator, bytes, chunks, rows_total,
                    created_time, finished_time, cleared)
                values (?, ?, 'COMPLETED', 'upsert', false, 'NDJSON', '{}', ',', 1, 0, 0, extract(epoch from now()),
                    extract(epoch from now()), true)""", tenant, importId);
        server.execute("""
                insert into import_rejected_row (tenant_id, import_id, line, external_id, errors, row)
                select ?, ?, n, 'other-' || n, '[]', '{"external_id":"other-' || n
                       || '","attributes":{"contact_details":{"email":"other.' || n || '@example.org"}}}'
                  from generate_series(1, ?) n""", tenant, importId, ROWS);
    }

    private long erase(String id) {
        long begun = System.nanoTime();
        var erased = api.post("/erasures", document("Erasure", "'user_id':'" + id + "'"));
        assertThat(erased.status()).as(erased.text()).isEqualTo(201);
        return (System.nanoTime() - begun) / 1_000_000;
    }

    @Test
    void aUserWithALongHistoryIsErasedAmongManyRows() {
        addRows();
        var few = api.createUser("'name':'Anna','external_id':'anna'").id();
        var common = api.createUser("'name':'A','external_id':'1'").id();
        var many = api.createUser("'name':'Zaphod','external_id':'zaphod'").id();
        addHistory(many);
        for (var id : List.of(few, common, many)) {
            System.out.printf("%d events, %d rows: erased in %d ms%n", EVENTS, ROWS, erase(id));
        }
        assertThat(server.value(
                        "select count(*) from user_event e where e.tenant_id = ? and e::text ~* 'zaphod'", tenant))
                .isEqualTo("0");
        assertThat(server.value("select count(*) from idempotency_key where tenant_id = ?", tenant))
                .isEqualTo(Integer.toString(ROWS));
        assertThat(server.value(
                        "select count(*) from import_rejected_row where tenant_id = ? and row is not null", tenant))
                .isEqualTo(Integer.toString(ROWS));
    }
}
