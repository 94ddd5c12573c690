package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;
import tv.roster.testing.WebhookReceiver.Received;

/// `kill -9` of a server while it delivers: the receiver ends with every event of every acknowledged change at least
/// once, and meets those of a user for the first time in the order of the versions.
///
/// `-Dattacks.webhooks=20` makes it so many kills, `-Dattacks.webhooks.seed=7` other moments.
class KilledNodeWebhooksTest {
    private static final int KILLS = Integer.getInteger("attacks.webhooks", 2);
    private static final int USERS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Random moments = new Random(Long.getLong("attacks.webhooks.seed", 16));
    private final Map<String, Long> versions = new HashMap<>();

    @TempDir
    Path folder;

    private ServerAlone start() {
        return ServerAlone.start(
                folder.resolve("data"),
                Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"),
                "-Xmx192m",
                "-XX:+UseSerialGC");
    }

    @Test
    void everyEventArrivesInTheOrderOfItsUser() throws InterruptedException {
        var unlucky = new Random(1);
        var server = start();
        try (var receiver =
                new WebhookReceiver().answering(message -> Answer.of(unlucky.nextInt(50) == 0 ? 503 : 204))) {
            var endpoint = server.bss()
                    .post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + receiver.url() + "'"));
            assertThat(endpoint.status()).as(endpoint.text()).isEqualTo(201);
            for (int round = 0; round <= KILLS; round++) {
                change(server.bss());
                if (round < KILLS) {
                    assertThat(server.process().waitFor(moments.nextInt(150), TimeUnit.MILLISECONDS))
                            .isFalse();
                    assertThat(server.process()
                                    .destroyForcibly()
                                    .onExit()
                                    .join()
                                    .exitValue())
                            .isNotZero();
                    server = start();
                }
            }
            await().atMost(PATIENCE).untilAsserted(() -> checkComplete(receiver.received()));
            checkOrder(receiver.received());
        } finally {
            server.close();
        }
    }

    /// Creates users at first, and changes each of them.
    private void change(ApiClient bss) {
        for (int at = 0; at < USERS; at++) {
            var user = versions.size() < USERS
                    ? bss.createUser("'name':'User'").id()
                    : List.copyOf(versions.keySet()).get(at);
            versions.putIfAbsent(user, 1L);
            for (int times = 0; times < 3; times++) {
                var changed = bss.patchUser(user, "'name':'" + moments.nextLong() + "'");
                assertThat(changed.status()).isEqualTo(200);
                versions.put(user, changed.at("/data/meta/version").asLong());
            }
        }
    }

    private void checkComplete(List<Received> received) {
        var met = new HashMap<String, HashSet<Long>>();
        received.forEach(message ->
                met.computeIfAbsent(message.user(), user -> new HashSet<>()).add(message.version()));
        versions.forEach((user, version) -> {
            for (long one = 1; one <= version; one++) {
                assertThat(met.getOrDefault(user, new HashSet<>())).contains(one);
            }
        });
    }

    private void checkOrder(List<Received> received) {
        var latest = new HashMap<String, Long>();
        for (var message : received) {
            long before = latest.getOrDefault(message.user(), 0L);
            assertThat(message.version()).isLessThanOrEqualTo(before + 1);
            latest.merge(message.user(), message.version(), Math::max);
        }
    }
}
