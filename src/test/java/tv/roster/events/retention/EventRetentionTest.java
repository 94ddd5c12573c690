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
import tv.roster.events.feed.FeedReader;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Events are deleted when they are older than their tenant wants, a thousand at a time, and nothing else deletes them.
class EventRetentionTest {
    /// The database goes by the time of today, so the test begins as long ago as it moves the clock.
    private final FixedClock clock = new FixedClock(Instant.now().minus(Duration.ofDays(200)));

    private final TestServer server = new TestServer(Map.of(), clock);
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.asApplication(), 1);
    private final EventRetention retention = new EventRetention(database, 365);

    @AfterEach
    void stop() {
        retention.close();
        database.close();
        loops.close();
        server.close();
    }

    private ApiClient bss(UUID tenant) {
        return server.newKey(tenant, "users:read", "users:write");
    }

    private UUID tenantThatKeeps(int days) {
        var tenant = server.addTenant();
        var changed = new AdminClient(server.admin())
                .patchTenant(tenant.toString(), "'settings':{'event_retention_days':" + days + "}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        return tenant;
    }

    private String names(UUID tenant) {
        return server.value(
                "select coalesce(string_agg(e.after ->> 'name', ' ' order by e.id), '') from user_event e"
                        + " where e.tenant_id = ?",
                tenant);
    }

    private void addEvents(UUID tenant, int count, Duration age) {
        server.execute("""
                insert into user_event (tenant_id, id, time, kind, user_id)
                select ?, (lpad(to_hex(? + n), 12, '0') || '7000' || '8000' || repeat('0', 12))::uuid, now(), 'user.updated',
                       gen_random_uuid()
                  from generate_series(1, ?) n""", tenant, Instant.now().minus(age).toEpochMilli() - count, count);
    }

    private String events(UUID tenant) {
        return server.value("select count(*) from user_event where tenant_id = ?", tenant);
    }

    @Test
    void eachTenantsEventsAreKeptForAsLongAsItWants() throws InterruptedException {
        var byDefault = server.addTenant();
        var month = tenantThatKeeps(30);
        var decade = tenantThatKeeps(3650);
        for (var name : new String[] {"Anna", "Bea", "Cea"}) {
            for (var tenant : new UUID[] {byDefault, month, decade}) {
                bss(tenant).createUser("'name':'" + name + "'");
            }
            clock.advance(Duration.ofDays(name.equals("Anna") ? 140 : 59));
        }
        retention.sweep();
        assertThat(names(byDefault)).isEqualTo("Bea Cea");
        assertThat(names(month)).isEqualTo("Cea");
        assertThat(names(decade)).isEqualTo("Anna Bea Cea");
        assertThat(retention.deleted().sum()).isEqualTo(3);
    }

    /// An event is committed some time after its id was made, and may be read for the whole retention from then on.
    @Test
    void anEventIsKeptAnHourLonger() throws InterruptedException {
        var tenant = tenantThatKeeps(1);
        addEvents(tenant, 10, Duration.ofDays(1).plusMinutes(55));
        addEvents(tenant, 10, Duration.ofDays(1).plusMinutes(65));
        retention.sweep();
        assertThat(events(tenant)).isEqualTo("10");
    }

    @Test
    void theEventsOfADeletedTenantGoAfterTheDefaultTime() throws InterruptedException {
        var tenant = tenantThatKeeps(3650);
        bss(tenant).createUser("'name':'Anna'");
        clock.advance(Duration.ofDays(105));
        bss(tenant).createUser("'name':'Bea'");
        clock.advance(Duration.ofDays(10));
        assertThat(server.admin().delete("/tenants/" + tenant + "?users=delete").status())
                .isEqualTo(204);
        retention.sweep();
        assertThat(server.value(
                        "select count(*) from user_event where kind = 'user.deleted' and tenant_id = ?", tenant))
                .isEqualTo("2");
        assertThat(server.value(
                        "select count(*) from user_event where kind = 'user.created' and tenant_id = ?", tenant))
                .isEqualTo("0");
        assertThat(server.value(
                        "select count(*) from admin_event where kind = 'tenant.deleted' and tenant_id = ?", tenant))
                .isEqualTo("1");
    }

    /// A cursor is good for the whole retention, also when the event that it names is deleted; an older one is refused
    /// rather than leading past what was deleted.
    @Test
    void aCursorIsGoodForAsLongAsEventsAreKept() throws InterruptedException {
        var tenant = server.addTenant();
        var reader = server.newKey(tenant, "users:write", "events:read");
        reader.createUser("'name':'Anna'");
        var old = new FeedReader(reader);
        old.rest(1);
        clock.advance(Duration.ofDays(140));
        var recent = new FeedReader(reader);
        recent.rest(1);
        clock.advance(Duration.ofDays(59));
        reader.createUser("'name':'Bea'");
        retention.sweep();
        assertThat(names(tenant)).isEqualTo("Bea");
        assertThat(recent.rest(1))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.at("/attributes/user/name").asString()).isEqualTo("Bea"));
        var refused = old.page();
        assertThat(refused.status()).isEqualTo(410);
        assertThat(refused.code()).isEqualTo("cursor_expired");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1000, 1001, 2500})
    void howeverManyHaveExpiredAllAreDeleted(int count) throws InterruptedException {
        var tenant = server.addTenant();
        addEvents(tenant, count, Duration.ofDays(91));
        addEvents(tenant, 7, Duration.ofDays(89));
        retention.sweep();
        assertThat(events(tenant)).isEqualTo("7");
        assertThat(retention.deleted().sum()).isEqualTo(count);
    }

    @Test
    void severalNodesMaySweepAtOnce() {
        var tenant = server.addTenant();
        addEvents(tenant, 5000, Duration.ofDays(91));
        addEvents(tenant, 7, Duration.ofDays(89));
        Together.run(2, node -> {
            try (var own = new EventLoops(1);
                    var another = new Database(own, server.asApplication(), 1);
                    var sweep = new EventRetention(another, 365)) {
                sweep.sweep();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return node;
        });
        assertThat(events(tenant)).isEqualTo("7");
    }

    /// The server's role may call the function, and may change the settings of tenants.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select delete_expired_events('TENANT', '00000000-0000-0000-0000-000000000000', 1000)",
                """
                update tenant set settings = '{"event_retention_days": -1000}' where id = 'TENANT';
                select delete_expired_events('TENANT', '00000000-0000-0000-0000-000000000000', 1000)""",
                """
                create temp table tenant (id uuid, settings jsonb);
                insert into tenant values ('TENANT', '{"event_retention_days": -1000}');
                select delete_expired_events('TENANT', '00000000-0000-0000-0000-000000000000', 1000)""",
                "delete from user_event where tenant_id = 'TENANT'"
            })
    void theServersRoleCannotDeleteTheEventsOfToday(String sql) {
        var tenant = server.addTenant();
        addEvents(tenant, 5, Duration.ofHours(23));
        var _ = catchThrowableOfType(SQLException.class, () -> {
            try (var connection = TestPostgres.connect(server.asApplication());
                    var statement = connection.createStatement()) {
                statement.execute(sql.replace("TENANT", tenant.toString()));
            }
        });
        assertThat(events(tenant)).isEqualTo("5");
    }

    @Test
    void nobodyElseMayDeleteEvents() {
        assertThat(server.value("""
                select string_agg(a.grantee::regrole::text, ' ' order by a.grantee::regrole::text)
                  from pg_proc p, aclexplode(p.proacl) a where p.proname = 'delete_expired_events'""")).isEqualTo("roster roster_application");
    }
}
