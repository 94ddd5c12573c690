package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Received;

/// Deliveries by one of two nodes on one database.
class WebhooksOnTwoNodesTest {
    private static final Map<String, String> SETTINGS = Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestServer one = new TestServer(SETTINGS, InstantSource.system(), TestPostgres.newMigratedDatabase());
    private final TestServer other = new TestServer(SETTINGS, InstantSource.system(), one.database());

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void oneDeliversAndTheOtherTakesOver() {
        var api = one.newKey(one.addTenant(), "webhooks", "users:read", "users:write");
        other.refresh();
        var there = other.client(api.key());
        try (var receiver = new WebhookReceiver()) {
            api.post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + receiver.url() + "'"));
            var user = api.createUser("'name':'Anna'").id();
            for (int at = 0; at < 30; at++) {
                (at % 2 == 0 ? there : api).patchUser(user, "'name':'Anna " + at + "'");
            }
            await().atMost(PATIENCE).until(() -> versions(receiver).contains(31L));
            assertThat(versions(receiver)).hasSize(31).isSorted();
            // A node that stops leaves its endpoints to the others at once; one that has none leaves nothing.
            one.close();
            for (int at = 0; at < 10; at++) {
                there.patchUser(user, "'name':'Berta " + at + "'");
            }
            await().atMost(PATIENCE).until(() -> versions(receiver).contains(41L));
            assertThat(versions(receiver).stream().distinct()).hasSize(41).isSorted();
        }
    }

    private static List<Long> versions(WebhookReceiver receiver) {
        return receiver.received().stream().map(Received::version).toList();
    }
}
