package tv.roster.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.ApiClient;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.values.people.Person;

/// What receivers have responded to the events of a person who is erased is not kept.
class ErasedAttemptsTest {
    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final WebhookEndpointId endpoint = new WebhookEndpointId(UUID.randomUUID());
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.asApplication(), 1);

    @BeforeEach
    void addEndpoint() {
        server.execute("""
                insert into webhook_endpoint (tenant_id, id, url, kinds, status, sealed_secret, created_time, position)
                values (?, ?, 'https://receiver.example', '{}', 'PAUSED', '', 0, '')""", tenant, endpoint.value());
    }

    @AfterEach
    void close() {
        database.close();
        loops.close();
    }

    private UUID user(String name) {
        return UUID.fromString(bss.createUser("'name':'" + name + "'").id());
    }

    private void addAttempt(UUID user) {
        var event = server.value("select id from user_event where tenant_id = ? and user_id = ?", tenant, user);
        WebhookAttemptsTable.add(
                database,
                new TenantId(tenant),
                endpoint,
                List.of(new WebhookAttempt(
                        UUID.randomUUID(), UUID.fromString(event), 0, 400, 7, "Hello " + user, "It failed.")));
    }

    private String responses() {
        return server.value(
                "select coalesce(string_agg(coalesce(response, 'none'), ', ' order by response nulls last), '')"
                        + " from webhook_attempt where tenant_id = ?",
                tenant);
    }

    @Test
    void responsesToTheEventsOfAPersonAreEmptied() {
        var anna = user("Anna");
        var bea = user("Bea");
        addAttempt(anna);
        addAttempt(bea);
        var person = Person.of(new TenantId(tenant), new UserId(anna), List.of());

        assertThat(WebhookAttemptsTable.erase(database, person)).isEqualTo(1);
        assertThat(responses()).isEqualTo("Hello " + bea + ", none");
        assertThat(WebhookAttemptsTable.erase(database, person)).isZero();
    }

    /// The attempt was made before, and is stored afterwards.
    @Test
    void whatCameBackForAnEventThatWasErasedMeanwhileIsNotStored() {
        var anna = user("Anna");
        server.execute("""
                insert into erasure (tenant_id, id, user_id, requested_time, finished_time, removed)
                values (?, gen_random_uuid(), ?, 0, 0, '[]')""", tenant, anna);
        addAttempt(anna);
        assertThat(responses()).isEqualTo("none");
        assertThat(server.value("select coalesce(detail, 'none') from webhook_attempt where tenant_id = ?", tenant))
                .isEqualTo("none");
    }
}
