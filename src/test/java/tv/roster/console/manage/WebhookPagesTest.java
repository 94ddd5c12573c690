package tv.roster.console.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.console.ConsoleBrowser;
import tv.roster.console.ConsoleSessions;
import tv.roster.testing.ApiClient;
import tv.roster.testing.WebhookReceiver;

class WebhookPagesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Pattern SECRET = Pattern.compile("<code class=\"secret\">(whsec_[^<]+)</code>");

    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "webhooks");
    private final String base = "/console/t/t-" + tenant;
    private final ConsoleBrowser manager = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.MANAGER, tenant));

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private String create(String url) {
        var made = manager.send(
                base + "/new_webhook", Map.of("url", url, "kinds", "user.created", "description", "The BSS"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return bss.get("/webhook_endpoints").textAt("/data/0/id");
    }

    @Test
    void theSecretOfANewWebhookIsShownOnce() {
        assertThat(manager.open(base + "/webhooks").text()).contains("Create the first webhook");
        try (var receiver = new WebhookReceiver()) {
            var made = manager.send(
                    base + "/new_webhook",
                    Map.of("url", receiver.url(), "kinds", "user.created, user.deleted", "description", "The BSS"));
            var secret = SECRET.matcher(made.text());
            assertThat(secret.find()).as(made.text()).isTrue();
            bss.createUser("'name':'Anna'");
            await().atMost(PATIENCE).until(() -> !receiver.received().isEmpty());
            assertThat(receiver.received().getFirst().isSignedBy(secret.group(1)))
                    .isTrue();
            var id = bss.get("/webhook_endpoints").textAt("/data/0/id");
            assertThat(manager.open(base + "/webhooks").text())
                    .contains(receiver.url(), "The BSS", ">Enabled<")
                    .doesNotContain("whsec_");
            // The attempt is noted after the receiver has answered.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    manager.open(base + "/webhooks/" + id).text())
                            .contains("user.created", "user.deleted", ">204<")
                            .doesNotContain("whsec_"));
        }
    }

    @Test
    void aUrlThatIsNotAllowedIsBlamedAtItsField() {
        var refused = manager.send(
                base + "/new_webhook", Map.of("url", "http://10.0.0.1/hook", "kinds", "", "description", ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("id=\"url-problem\"", "value=\"http://10.0.0.1/hook\"");
        var kind = manager.send(
                base + "/new_webhook", Map.of("url", "http://127.0.0.1:1/", "kinds", "user.flown", "description", ""));
        assertThat(kind.text()).contains("id=\"kinds-problem\"");
        assertThat(bss.get("/webhook_endpoints").at("/data").size()).isZero();
    }

    @Test
    void aWebhookIsEditedPausedEnabledAndDeleted() {
        var page = base + "/webhooks/" + create("http://127.0.0.1:1/");
        assertThat(manager.open(page + "/edit").text()).contains("value=\"user.created\"");
        assertThat(manager.send(page + "/edit", Map.of("url", "http://127.0.0.1:1/", "kinds", "user.*"))
                        .header("Location"))
                .endsWith("?done=saved");
        assertThat(bss.get("/webhook_endpoints")
                        .at("/data/0/attributes/kinds/0")
                        .asString())
                .isEqualTo("user.*");
        assertThat(bss.get("/webhook_endpoints").textAt("/data/0/attributes/description"))
                .isNull();
        assertThat(manager.send(page + "/pause", Map.of()).status()).isEqualTo(303);
        assertThat(manager.open(page).text()).contains(">Paused<", ">Enable<");
        assertThat(manager.send(page + "/enable", Map.of()).status()).isEqualTo(303);
        assertThat(manager.open(page).text()).contains(">Enabled<", ">Pause<");
        assertThat(manager.open(page + "/delete").text()).contains("cannot be undone");
        assertThat(manager.send(page + "/delete", Map.of()).header("Location")).endsWith("/webhooks?done=removed");
        assertThat(manager.open(page).status()).isEqualTo(404);
    }

    @Test
    void aTestShowsWhatCameBack() {
        try (var receiver = new WebhookReceiver().answering(503)) {
            var page = base + "/webhooks/" + create(receiver.url());
            assertThat(manager.send(page + "/test", Map.of()).text()).contains("The test was refused", "status 503");
            receiver.answering(200);
            assertThat(manager.send(page + "/test", Map.of()).text()).contains("The test was accepted", "status 200");
            assertThat(receiver.received()).allMatch(message -> message.type().equals("webhook.test"));
        }
        var nowhere = base + "/webhooks/" + bss.get("/webhook_endpoints").textAt("/data/0/id");
        assertThat(manager.send(nowhere + "/test", Map.of()).text()).contains("could not be delivered");
    }

    @Test
    void eventsAreDeliveredAgainAndTheSecretIsReplaced() {
        try (var receiver = new WebhookReceiver()) {
            var page = base + "/webhooks/" + create(receiver.url());
            bss.createUser("'name':'Anna'");
            // Only what was noted as delivered is delivered again.
            await().atMost(PATIENCE).until(() -> manager.open(page).text().contains(">204<"));
            assertThat(manager.send(page + "/replay", Map.of("since", "2020-01-01T00:00"))
                            .header("Location"))
                    .endsWith("?done=replayed");
            await().atMost(PATIENCE).until(() -> receiver.received().size() == 2);
            var wrong = manager.send(page + "/replay", Map.of("since", "yesterday"));
            assertThat(wrong.text()).contains("id=\"since-problem\"");
            var rotated = manager.send(page + "/rotate", Map.of("hours", "0"));
            var secret = SECRET.matcher(rotated.text());
            assertThat(secret.find()).as(rotated.text()).isTrue();
            bss.createUser("'name':'Bea'");
            await().atMost(PATIENCE).until(() -> receiver.received().size() == 3);
            assertThat(receiver.received().getLast().isSignedBy(secret.group(1)))
                    .isTrue();
            assertThat(manager.send(page + "/rotate", Map.of("hours", "many")).text())
                    .contains("id=\"hours-problem\"");
        }
    }

    @Test
    void agentsAndOtherTenantsHaveNoWebhooks() {
        var page = base + "/webhooks/" + create("http://127.0.0.1:1/");
        var agent = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.AGENT, tenant));
        var other = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.MANAGER, server.addTenant()));
        assertThat(agent.open(base + "/webhooks").status()).isEqualTo(403);
        assertThat(agent.send(page + "/pause", Map.of()).status()).isEqualTo(403);
        assertThat(other.open(base + "/webhooks").status()).isEqualTo(404);
        assertThat(other.send(page + "/delete", Map.of()).status()).isEqualTo(404);
        assertThat(manager.sendWith("wrong", page + "/pause", Map.of()).status())
                .isEqualTo(403);
        assertThat(bss.get("/webhook_endpoints").textAt("/data/0/attributes/status"))
                .isEqualTo("ENABLED");
    }
}
