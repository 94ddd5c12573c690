package tv.roster.events.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.AdminClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.TestPostgres;

/// The audit of administration is deleted when its time is over: that of each tenant after the tenant's setting, the
/// rest after that of the installation.
class AuditRetentionTest {
    private static final int INSTALLATION_DAYS = 100;

    /// The database goes by the time of today, so the test begins as long ago as it moves the clock.
    private final FixedClock clock = new FixedClock(Instant.now().minus(Duration.ofDays(200)));

    private final TestServer server = new TestServer(Map.of(), clock);
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.asApplication(), 1);
    private final EventRetention retention = new EventRetention(database, INSTALLATION_DAYS);

    @AfterEach
    void stop() {
        retention.close();
        database.close();
        loops.close();
        server.close();
    }

    private String tenant(String settings) {
        return new AdminClient(server.admin()).newTenant(settings).id();
    }

    private String audit(String tenant) {
        return server.value(
                "select coalesce(string_agg(e.kind, ' ' order by e.id), '') from admin_event e where e.tenant_id = ?",
                UUID.fromString(tenant));
    }

    private void rename(String tenant) {
        var renamed = new AdminClient(server.admin()).patchTenant(tenant, "'name':'" + clock.instant() + "'");
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
    }

    private void add(UUID tenant, int count, Duration age) {
        server.execute("""
                insert into admin_event (tenant_id, id, time, kind)
                select ?, (lpad(to_hex(? + n), 12, '0') || '7' || substr(gen_random_uuid()::text, 16))::uuid, now(), 'added'
                  from generate_series(1, ?) n""", tenant, Instant.now().minus(age).toEpochMilli() - count, count);
    }

    private String added() {
        return server.value("select count(*) from admin_event where kind = 'added'");
    }

    @Test
    void eachTenantsAuditIsKeptForAsLongAsItWants() throws InterruptedException {
        var byDefault = tenant("");
        var quarter = tenant(",'settings':{'audit_retention_days':90}");
        clock.advance(Duration.ofDays(150));
        rename(byDefault);
        rename(quarter);
        clock.advance(Duration.ofDays(49));

        retention.sweep();

        assertThat(audit(byDefault)).isEqualTo("tenant.created tenant.updated");
        assertThat(audit(quarter)).isEqualTo("tenant.updated");
    }

    @Test
    void whatBelongsToNoTenantIsKeptForAsLongAsTheInstallationWants() throws InterruptedException {
        add(null, 2500, Duration.ofDays(INSTALLATION_DAYS + 1));
        add(null, 7, Duration.ofDays(INSTALLATION_DAYS - 1));
        retention.sweep();
        assertThat(added()).isEqualTo("7");
        assertThat(retention.deletedAudit().sum()).isGreaterThanOrEqualTo(2500);
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000, 1001})
    void allThatHasExpiredIsDeletedAlsoOfTenantsThatAreNoMore(int count) throws InterruptedException {
        add(UUID.randomUUID(), count, Duration.ofDays(INSTALLATION_DAYS + 1));
        add(UUID.randomUUID(), count, Duration.ofDays(INSTALLATION_DAYS + 1));
        add(UUID.randomUUID(), 7, Duration.ofDays(INSTALLATION_DAYS - 1));
        retention.sweep();
        assertThat(added()).isEqualTo("7");
    }

    /// The events of a deleted tenant are found by the entry of its deletion, which must not go before them.
    @Test
    void theDeletionOfATenantIsKeptUntilItsEventsAreGone() throws InterruptedException {
        var tenant = tenant("");
        clock.advance(Duration.ofDays(50));
        assertThat(server.admin().delete("/tenants/" + tenant).status()).isEqualTo(204);
        server.execute(
                """
                insert into user_event (tenant_id, id, time, kind, user_id)
                values (?, (lpad(to_hex(?), 12, '0') || '7000' || '8000' || repeat('0', 12))::uuid, now(),
                        'user.deleted', gen_random_uuid())""",
                UUID.fromString(tenant),
                Instant.now().minus(Duration.ofDays(80)).toEpochMilli());

        retention.sweep();
        assertThat(audit(tenant)).isEqualTo("tenant.deleted");

        server.execute("delete from user_event where tenant_id = ?", UUID.fromString(tenant));
        retention.sweep();
        assertThat(audit(tenant)).isEmpty();
    }

    /// The server's role may call the function, and may change the settings of tenants.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select delete_expired_admin_events(null, 0, '00000000-0000-0000-0000-000000000000', 1000)",
                "select delete_expired_admin_events(null, -5000, '00000000-0000-0000-0000-000000000000', 1000)",
                """
                update tenant set settings = '{"audit_retention_days": -1000}' where id = 'TENANT';
                select delete_expired_admin_events('TENANT', 1000, '00000000-0000-0000-0000-000000000000', 1000)""",
                """
                create temp table tenant (id uuid, settings jsonb);
                insert into tenant values ('TENANT', '{"audit_retention_days": -1000}');
                select delete_expired_admin_events('TENANT', 1000, '00000000-0000-0000-0000-000000000000', 1000)"""
            })
    void theServersRoleCannotDeleteTheAuditOfTheLastMonth(String sql) {
        var tenant = server.addTenant();
        add(tenant, 5, Duration.ofDays(29));
        add(null, 5, Duration.ofDays(29));
        var _ = catchThrowableOfType(SQLException.class, () -> {
            try (var connection = TestPostgres.connect(server.asApplication());
                    var statement = connection.createStatement()) {
                statement.execute(sql.replace("TENANT", tenant.toString()));
            }
        });
        assertThat(added()).isEqualTo("10");
    }

    @Test
    void nobodyElseMayDeleteTheAudit() {
        assertThat(server.value("""
                select string_agg(a.grantee::regrole::text, ' ' order by a.grantee::regrole::text)
                  from pg_proc p, aclexplode(p.proacl) a where p.proname = 'delete_expired_admin_events'""")).isEqualTo("roster roster_application");
    }
}
