package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// The end of a large tenant: each user's deletion is in the audit, and nobody else waits. `-Dattacks.users=300000`
/// makes it larger.
class TenantDeletionTest {
    private static final int USERS = Integer.getInteger("attacks.users", 5_000);
    private static final Duration SLOWEST = Duration.ofSeconds(5);

    private final TestServer server = TestServer.shared();

    @Test
    void aLargeTenantGoesInSmallSteps() {
        var tenant = server.addTenant();
        fill(tenant);
        var other = server.newTenant();
        var deletion = CompletableFuture.supplyAsync(this::admin)
                .thenApply(admin -> admin.delete("/tenants/" + tenant + "?users=delete"));
        long slowest = 0;
        while (!deletion.isDone()) {
            long start = System.nanoTime();
            assertThat(other.post("/users", ApiClient.user("{}")).status()).isEqualTo(201);
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        assertThat(deletion.join()).extracting(Response::status).isEqualTo(204);
        assertThat(Duration.ofNanos(slowest))
                .as("another tenant's slowest call")
                .isLessThan(SLOWEST);
        assertThat(server.value(
                        "select count(distinct user_id) from user_event where kind = 'user.deleted' and tenant_id = ?",
                        tenant))
                .isEqualTo(Integer.toString(USERS));
        for (var table : new String[] {"roster_user", "user_profile", "idempotency_key", "wrong_password"}) {
            assertThat(server.value("select count(*) from " + table + " where tenant_id = ?", tenant))
                    .as(table)
                    .isEqualTo("0");
        }
    }

    private ApiClient admin() {
        return server.admin();
    }

    private void fill(Object tenant) {
        server.execute("""
                with made as (
                    insert into roster_user (tenant_id, id, version, name, user_flags, default_profile_id, updated_time)
                    select ?, gen_random_uuid(), 1, 'N ' || n, '{}', gen_random_uuid(), 1
                      from generate_series(1, ?) n
                    returning tenant_id, id, default_profile_id
                )
                insert into user_profile (tenant_id, id, user_id, name)
                select m.tenant_id, m.default_profile_id, m.id, 'Default' from made m""", tenant, USERS);
        server.execute(
                "insert into idempotency_key (tenant_id, key, request_digest, created_time)"
                        + " select ?, n::text, '', extract(epoch from now())::bigint from generate_series(1, ?) n",
                tenant,
                USERS);
        server.execute(
                "insert into wrong_password (tenant_id, subject, times, last_time)"
                        + " select ?, gen_random_uuid(), '{1}', 1 from generate_series(1, ?) n",
                tenant, USERS);
    }
}
