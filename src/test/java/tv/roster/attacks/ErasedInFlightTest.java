package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;

/// What was under way while a person was erased is stored afterwards, without the person's values.
class ErasedInFlightTest {
    private static final int TOGETHER = 16;

    private final TestServer server =
            new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "users:read", "users:write", "bulk", "webhooks", "privacy");

    @AfterEach
    void stop() {
        server.close();
    }

    private Response erase(String id) {
        return api.post("/erasures", document("Erasure", "'user_id':'" + id + "'"));
    }

    private void waitForSomeoneWaitingForALock() {
        await().until(() -> server.value("select count(*) from pg_stat_activity"
                        + " where wait_event_type = 'Lock' and datname = current_database()")
                .equals("1"));
    }

    private void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < parameters.length; at++) {
                statement.setObject(at + 1, parameters[at]);
            }
            statement.execute();
        }
    }

    /// The receiver repeats what it was sent, in responses to the event of the erasure, too.
    @Test
    void theResponseOfAReceiverThatThoughtForALongTimeIsNotKept() {
        try (var receiver = new WebhookReceiver()) {
            var erased = new CountDownLatch(1);
            receiver.answering(message -> {
                try {
                    erased.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Answer(500, "I do not know Zaphod", Map.of());
            });
            api.post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + receiver.url() + "'"));
            var id = api.createUser("'name':'Zaphod'").id();
            await().until(() -> receiver.received().size() == 1);
            assertThat(erase(id).status()).isEqualTo(201);
            erased.countDown();
            receiver.answering(message -> new Answer(200, "Zaphod is forgotten", Map.of()));
            await().until(() -> receiver.received().stream()
                    .anyMatch(message -> message.type().equals("user.erased")));
            await().until(() -> server.value(
                            "select count(*) from webhook_attempt where tenant_id = ? and status = 200", tenant)
                    .equals("2"));
            assertThat(server.value("select count(*) from webhook_attempt a where a.tenant_id = ?", tenant))
                    .isEqualTo("3");
            assertThat(server.value(
                            "select count(*) from webhook_attempt a where a.tenant_id = ? and a.response is not null",
                            tenant))
                    .isEqualTo("0");
        }
    }

    /// A node stores attempts, and stops in the middle of it.
    @Test
    void attemptsThatAreBeingStoredAreWaitedFor() throws SQLException {
        var endpoint = UUID.randomUUID();
        server.execute("""
                insert into webhook_endpoint (tenant_id, id, url, kinds, status, sealed_secret, created_time, position)
                values (?, ?, 'https://receiver.example', '{}', 'PAUSED', '', 0, '')""", tenant, endpoint);
        var id = api.createUser("'name':'Zaphod'").id();
        try (var connection = TestPostgres.connect(server.database())) {
            connection.setAutoCommit(false);
            execute(
                    connection,
                    "update webhook_endpoint set last_success_time = 1 where tenant_id = ? and id = ?",
                    tenant,
                    endpoint);
            execute(connection, """
                    insert into webhook_attempt (tenant_id, endpoint_id, id, event_id, time, milliseconds, response)
                    select e.tenant_id, ?, e.id, e.id, 0, 1, 'Hello Zaphod'
                      from user_event e where e.tenant_id = ?""", endpoint, tenant);
            var erased = Together.start(() -> erase(id));
            waitForSomeoneWaitingForALock();
            connection.commit();
            assertThat(erased.join().status()).isEqualTo(201);
        }
        assertThat(server.value("select count(*) from webhook_attempt a where a.response is not null"))
                .isEqualTo("0");
    }

    /// They have the same imports and webhook endpoints in common, and a tenant has a share of the connections.
    @Test
    void sixteenUsersOfATenantAreErasedAtOnceWhileItImportsAndOthersWork() {
        try (var receiver = new WebhookReceiver()) {
            receiver.answering(message -> new Answer(200, message.body(), Map.of()));
            api.post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + receiver.url() + "'"));
            var ids = IntStream.range(0, TOGETHER)
                    .mapToObj(
                            number -> api.createUser("'name':'Zaphod " + number + "','external_id':'z-" + number + "'")
                                    .id())
                    .toList();
            var rows = IntStream.range(0, 2_000)
                    .mapToObj(row -> "{'attributes':{'external_id':'z-" + row + "','name':'Zaphod'}}")
                    .toArray(String[]::new);
            var imports = new ImportClient(api);
            var sent = imports.sendRows("", rows);
            var other = server.newTenant();
            var user = other.createUser("'name':'Ford'").id();
            var statuses = Together.run(
                    2 * TOGETHER,
                    number -> number < TOGETHER
                            ? erase(ids.get(number)).status()
                            : other.patchUser(user, "'name':'Ford " + number + "'")
                                    .status());
            assertThat(statuses.subList(0, TOGETHER)).containsOnly(201);
            assertThat(statuses.subList(TOGETHER, 2 * TOGETHER)).containsOnly(200);
            imports.finished(sent);
            for (var id : ids) {
                assertThat(api.get("/users/" + id).status()).isEqualTo(404);
                assertThat(server.value(
                                "select count(*) from user_event where user_id = ? and state::text like '%Zaphod%'",
                                UUID.fromString(id)))
                        .isEqualTo("0");
            }
            assertThat(server.value("""
                    select count(*) from webhook_attempt a join user_event e on e.tenant_id = a.tenant_id and e.id = a.event_id
                     where a.response is not null and e.user_id in (select x.user_id from erasure x)""")).isEqualTo("0");
        }
    }
}
