package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.NetworkBetween;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// The end of a large tenant: each user's deletion is in the audit, and nobody else waits. `-Dattacks.users=300000`
/// makes it larger.
class TenantDeletionTest {
    private static final int USERS = Integer.getInteger("attacks.users", 5_000);
    private static final String WAITING = "select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))";
    private static final Duration SLOWEST = Duration.ofSeconds(15);

    private final TestServer server = TestServer.shared();

    @Test
    void aLargeTenantGoesInSmallSteps() {
        var tenant = server.addTenant();
        fill(tenant);
        var other = server.newTenant();
        var deletion = Together.start(() -> server.admin().delete("/tenants/" + tenant + "?users=delete"));
        long slowest = 0;
        while (!deletion.isDone()) {
            long start = System.nanoTime();
            assertThat(other.post("/users", ApiClient.user("{}")).status()).isEqualTo(201);
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        assertThat(deletion.join().status()).as(deletion.join().text()).isEqualTo(204);
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

    @Test
    void createThatMeetsTheEndOfItsTenantIsRefusedAndNoFault() throws SQLException {
        var tenant = server.addTenant();
        var bss = server.newKey(tenant, "users:write");
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("delete from api_key where tenant_id = '" + tenant + "'");
            statement.execute("delete from tenant where id = '" + tenant + "'");
            var own = connection.unwrap(PgConnection.class).getBackendPID();
            var created = Together.start(() -> bss.post("/users", ApiClient.user("{}")));
            awaitOneThatWaitsFor(own);
            connection.commit();
            assertThat(created.join().status()).isEqualTo(503);
        }
    }

    @Test
    void aStepThatFailsIsTakenAgain() throws SQLException {
        var tenant = server.addTenant();
        server.newKey(tenant, "users:write").createUser("");
        try (var connection = TestPostgres.connect(server.database())) {
            int own = lockUsers(connection, tenant);
            var deletion = Together.start(() -> server.admin().delete("/tenants/" + tenant + "?users=delete"));
            await().until(() -> "t".equals(cancel(own)));
            awaitOneThatWaitsFor(own);
            connection.commit();
            assertThat(deletion.join().status()).as(deletion.join().text()).isEqualTo(204);
        }
    }

    @Test
    void aDeletionWaitsForADatabaseThatRejectsConnectionsForAMoment() throws SQLException {
        var database = TestPostgres.newMigratedDatabase();
        try (var restarted = new TestServer(Map.of(), InstantSource.system(), database);
                var connection = TestPostgres.connect(database)) {
            var tenant = restarted.addTenant();
            restarted.newKey(tenant, "users:write").createUser("");
            int own = lockUsers(connection, tenant);
            var deletion = Together.start(() -> restarted.admin().delete("/tenants/" + tenant + "?users=delete"));
            await().until(() -> "1".equals(TestPostgres.value(database, WAITING, own)));
            TestPostgres.allowConnections(database, false);
            await().until(() -> new ApiClient(restarted.healthUrl(), null)
                            .get("/health/ready")
                            .status()
                    == 503);
            TestPostgres.allowConnections(database, true);
            assertThat(deletion.join().status()).as(deletion.join().text()).isEqualTo(204);
        }
    }

    @Test
    void aDeletionThatBreaksOffSaysSoAndIsFinishedByARepeat() throws SQLException {
        var tenant = server.addTenant();
        server.newKey(tenant, "users:write").createUser("");
        try (var connection = TestPostgres.connect(server.database())) {
            int own = lockUsers(connection, tenant);
            var deletion = Together.start(() -> server.admin().delete("/tenants/" + tenant + "?users=delete"));
            await().until(() -> {
                cancel(own);
                return deletion.isDone();
            });
            var refused = deletion.join();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("unavailable");
            assertThat(refused.textAt("/errors/0/detail"))
                    .isEqualTo("The tenant is partly deleted. Repeat the call to delete the rest.");
            assertThat(refused.header("Retry-After")).isNotNull();
            connection.commit();
        }
        assertThat(server.admin().delete("/tenants/" + tenant + "?users=delete").status())
                .isEqualTo(204);
    }

    @Test
    void aDeletionThatHasBegunDoesNotStopBecauseTheTenantIsChanged() throws SQLException {
        var tenant = server.addTenant();
        server.newKey(tenant, "users:write").createUser("");
        var admin = new AdminClient(server.admin());
        var path = "/tenants/" + tenant;
        var version = admin.api().get(path).etag();
        try (var connection = TestPostgres.connect(server.database())) {
            int own = lockUsers(connection, tenant);
            var deletion = Together.start(() -> admin.api().delete(path + "?users=delete", "If-Match", version));
            awaitOneThatWaitsFor(own);
            assertThat(admin.patchTenant(tenant.toString(), "'name':'South TV'").status())
                    .isEqualTo(200);
            connection.commit();
            assertThat(deletion.join().status()).as(deletion.join().text()).isEqualTo(204);
        }
    }

    @Test
    void aDeletionWhoseOutcomeIsUnknownSaysThatPartOfItIsMade() throws SQLException {
        var database = TestPostgres.newMigratedDatabase();
        try (var network = new NetworkBetween(database);
                var cutOff = new TestServer(Map.of(), InstantSource.system(), network.address());
                var connection = TestPostgres.connect(database)) {
            var tenant = cutOff.addTenant();
            cutOff.newKey(tenant, "users:write").createUser("");
            int own = holdCommits(connection);
            var deletion = Together.start(() -> cutOff.admin().delete("/tenants/" + tenant + "?users=delete"));
            await().until(() -> "1".equals(TestPostgres.value(database, WAITING, own)));
            network.breakOff();
            assertThat(deletion.join().code()).isEqualTo("outcome_unknown");
            assertThat(deletion.join().textAt("/errors/0/detail"))
                    .isEqualTo("The connection to the database was lost. The tenant is deleted, wholly or in part."
                            + " Repeat the call to delete what is left.");
        }
    }

    /// Lets whoever deletes users wait in the commit, and returns the id of the session that is waited for.
    private static int holdCommits(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    create function hold() returns trigger language plpgsql as
                    $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
                    create constraint trigger hold after delete on roster_user deferrable initially deferred
                       for each row execute function hold();
                    select pg_advisory_lock(1)""");
        }
        return connection.unwrap(PgConnection.class).getBackendPID();
    }

    /// Locks the users of the tenant until the connection commits, and returns the id of its session.
    private static int lockUsers(Connection connection, Object tenant) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select from roster_user where tenant_id = '" + tenant + "' for update");
        }
        return connection.unwrap(PgConnection.class).getBackendPID();
    }

    /// Cancels the statement that waits for a session; null if none does.
    private String cancel(int session) {
        return server.value(
                "select pg_cancel_backend(pid) from pg_stat_activity where ? = any(pg_blocking_pids(pid))", session);
    }

    private void awaitOneThatWaitsFor(int session) {
        await().until(() -> "1".equals(server.value(WAITING, session)));
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
