package tv.roster.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.Scrape;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;
import tv.roster.testing.WebhookReceiver.Received;

/// Deliveries to receivers on this machine, by a server whose clock the test moves.
class WebhookDeliveryTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static FixedClock clock;
    private static TestServer server;

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        server = new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "webhooks", "users:read", "users:write", "events:read");
    private final WebhookReceiver receiver = new WebhookReceiver();

    @AfterEach
    void close() {
        server.execute("delete from webhook_endpoint");
        receiver.close();
    }

    private Response endpoint(String moreAttributes) {
        var created = api.post(
                "/webhook_endpoints", document("WebhookEndpoint", "'url':'" + receiver.url() + "'" + moreAttributes));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created;
    }

    private static String path(Response endpoint) {
        return "/webhook_endpoints/" + endpoint.id();
    }

    private Response set(Response endpoint, String attributes) {
        var changed = api.patch(path(endpoint), document("WebhookEndpoint", endpoint.id(), attributes));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        return changed;
    }

    private String at(Response endpoint, String attribute) {
        return api.get(path(endpoint)).textAt("/data/attributes/" + attribute);
    }

    private void awaitAttribute(Response endpoint, String attribute, String value) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(at(endpoint, attribute)).isEqualTo(value));
    }

    private void awaitReceived(int number) {
        await().atMost(LONG).until(() -> receiver.received().size() >= number);
    }

    private List<Received> of(String user) {
        return receiver.received().stream()
                .filter(message -> user.equals(message.user()))
                .toList();
    }

    private List<Long> versionsOf(String user) {
        return of(user).stream().map(Received::version).toList();
    }

    @Test
    void everyChangeArrivesSignedInTheOrderOfTheUsersVersions() {
        var endpoint = endpoint("");
        var user = api.createUser("'name':'Anna','external_id':'1'").id();
        for (int at = 0; at < 10; at++) {
            api.patchUser(user, "'name':'Anna " + at + "'");
        }
        api.delete("/users/" + user);
        await().atMost(LONG).until(() -> versionsOf(user).size() == 12);
        assertThat(of(user).stream().map(Received::type).distinct())
                .containsExactly("user.created", "user.updated", "user.deleted");
        assertThat(versionsOf(user)).isSorted();
        var first = of(user).getFirst();
        assertThat(first.hasSignatureOf(endpoint.textAt("/data/attributes/secret")))
                .isTrue();
        assertThat(first.header("Content-Type")).isEqualTo("application/json");
        assertThat(first.json().get("timestamp").asString()).isEqualTo(first.textAt("/attributes/time"));
        assertThat(first.textAt("/id")).isEqualTo(first.id());
        var event = api.get("/events/" + first.id());
        assertThat(event.at("/data").get("attributes")).isEqualTo(first.json().at("/data/attributes"));

        awaitAttribute(endpoint, "backlog", "0");
        awaitAttribute(
                endpoint, "last_success_time", Long.toString(clock.instant().getEpochSecond()));
        assertThat(api.get(path(endpoint)).at("/data/attributes/last_failure").isNull())
                .isTrue();
    }

    @Test
    void anEndpointBeginsWithWhatHappensFromNowOnAndGetsItsKindsAlone() {
        api.createUser("'name':'Before'");
        endpoint(",'kinds':['user.updated','profile.*']");
        var user = api.createUser("'name':'Anna'").id();
        api.patchUser(user, "'name':'Berta'");
        api.delete("/users/" + user);
        api.patchUser(api.createUser("'name':'Last'").id(), "'name':'Last of all'");
        awaitReceived(2);
        assertThat(receiver.received().stream().map(Received::type)).containsExactly("user.updated", "user.updated");
    }

    @Test
    void aFailureIsTriedAgainWhenItsTimeHasComeAndThenWhatFollowedOfTheUser() {
        var endpoint = endpoint("");
        var failing = ConcurrentHashMap.<String>newKeySet();
        receiver.answering(
                message -> failing.contains(message.user()) ? new Answer(503, "not now", Map.of()) : Answer.OK);
        var anna = api.createUser("'name':'Anna'").id();
        awaitReceived(1);
        failing.add(anna);
        api.patchUser(anna, "'name':'Anna B'");
        await().atMost(LONG).until(() -> of(anna).size() == 2);
        api.patchUser(anna, "'name':'Anna C'");
        var ben = api.createUser("'name':'Ben'").id();
        await().atMost(LONG).until(() -> of(ben).size() == 1);
        assertThat(versionsOf(anna)).containsExactly(1L, 2L);

        awaitAttribute(endpoint, "last_failure/status", "503");
        failing.clear();
        clock.advance(Duration.ofSeconds(7));
        await().atMost(LONG).until(() -> of(anna).size() == 4);
        assertThat(versionsOf(anna)).containsExactly(1L, 2L, 2L, 3L);
        assertThat(of(anna).get(1).id()).isEqualTo(of(anna).get(2).id());
    }

    private void awaitFailures(Response endpoint, int count) {
        await().atMost(LONG)
                .until(() -> String.valueOf(count)
                        .equals(server.value(
                                "select attempts from webhook_waiting where endpoint_id = ?::uuid", endpoint.id())));
    }

    @Test
    void thePoisonousEventOfOneUserIsParkedAndTheOthersGoOn() {
        var endpoint = endpoint("");
        var poisoned = new AtomicInteger();
        receiver.answering(message -> "poison".equals(message.textAt("/attributes/external_id"))
                ? Answer.of(poisoned.incrementAndGet() > 7 ? 200 : 400)
                : Answer.OK);
        var poison = api.createUser("'external_id':'poison'").id();
        api.patchUser(poison, "'name':'Second'");
        int failures = 0;
        for (var wait : List.of(7, 40, 150, 800, 2400)) {
            var other = api.createUser("'name':'Other'").id();
            await().atMost(LONG).until(() -> of(other).size() == 1);
            // The time of the next attempt is that of the failure and a pause.
            awaitFailures(endpoint, ++failures);
            int tried = of(poison).size();
            clock.advance(Duration.ofSeconds(wait));
            await().atMost(LONG).until(() -> of(poison).size() > tried);
        }
        assertThat(versionsOf(poison)).containsOnly(1L);
        awaitFailures(endpoint, 6);
        clock.advance(Duration.ofHours(2));
        await().atMost(LONG).until(() -> of(poison).size() > 6);
        awaitFailures(endpoint, 7);
        clock.advance(Duration.ofHours(3));
        await().atMost(LONG).until(() -> versionsOf(poison).contains(2L));
        awaitAttribute(endpoint, "backlog", "0");
    }

    @Test
    void pausingStopsAndEnablingGoesOnWhereItStopped() {
        var endpoint = endpoint("");
        var before = api.createUser("'name':'Before'").id();
        await().atMost(LONG).until(() -> of(before).size() == 1);
        set(endpoint, "'status':'PAUSED'");
        awaitStopped();
        var users = IntStream.range(0, 5)
                .mapToObj(at -> api.createUser("'name':'Later'").id())
                .toList();
        awaitAttribute(endpoint, "backlog", "5");
        assertThat(receiver.received()).hasSize(1);
        set(endpoint, "'status':'ENABLED'");
        awaitReceived(6);
        assertThat(receiver.received().stream().map(Received::user)).containsAll(users);
        assertThat(receiver.received()).hasSize(6);
    }

    private void awaitStopped() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Scrape.of(server.healthUrl())
                                .value("roster_webhook_endpoints", Map.of("state", "working")))
                        .isZero());
    }

    @Test
    void theResponse410DisablesAnEndpointAndNothingIsLost() {
        var endpoint = endpoint("");
        receiver.answering(410);
        var user = api.createUser("'name':'Anna'").id();
        awaitAttribute(endpoint, "status", "DISABLED");
        assertThat(at(endpoint, "disabled_reason")).contains("410");
        receiver.answering(message -> Answer.OK);
        api.patchUser(user, "'name':'Berta'");
        set(endpoint, "'status':'ENABLED'");
        await().atMost(LONG).until(() -> versionsOf(user).contains(2L));
        assertThat(versionsOf(user)).containsExactly(1L, 1L, 2L);
        assertThat(at(endpoint, "disabled_reason")).isNull();
    }

    @Test
    void afterThreeDaysWithoutASuccessAnEndpointIsDisabled() {
        var endpoint = endpoint("");
        receiver.answering(500);
        var user = api.createUser("'name':'Anna'").id();
        awaitReceived(1);
        awaitAttribute(endpoint, "last_failure/status", "500");
        clock.advance(Duration.ofDays(4));
        awaitAttribute(endpoint, "status", "DISABLED");
        assertThat(at(endpoint, "disabled_reason")).contains("three days");
        receiver.answering(message -> Answer.OK);
        set(endpoint, "'status':'ENABLED'");
        await().atMost(LONG).until(() -> of(user).size() == 3);
        awaitAttribute(endpoint, "backlog", "0");
        var audit = server.admin().get("/events?filter[kind]=webhook_endpoint.disabled&filter[tenant]=" + tenant);
        assertThat(audit.at("/data")).hasSize(1);
    }

    @Test
    void whenADeadEndpointIsBackEverythingThatWaitedIsSentAtOnce() {
        var endpoint = endpoint("");
        receiver.answering(502);
        var users = IntStream.range(0, 40)
                .mapToObj(at -> api.createUser("'name':'U'").id())
                .toList();
        await().atMost(LONG)
                .until(() -> server.value(
                                "select count(*) from webhook_waiting where endpoint_id = ?::uuid", endpoint.id())
                        .equals("16"));
        receiver.answering(message -> Answer.OK);
        clock.advance(Duration.ofSeconds(7));
        awaitAttribute(endpoint, "backlog", "0");
        await().atMost(LONG).until(() -> users.stream().allMatch(user -> !of(user).isEmpty()));
    }

    @Test
    void retryAfterIsHonoured() {
        endpoint("");
        receiver.answering(message -> new Answer(429, "", Map.of("Retry-After", "600")));
        var user = api.createUser("'name':'Anna'").id();
        awaitReceived(1);
        receiver.answering(message -> Answer.OK);
        await().atMost(LONG)
                .until(() ->
                        server.value("select count(*) from webhook_waiting").equals("1"));
        assertThat(Long.parseLong(server.value("select min(due_time) from webhook_waiting")))
                .isGreaterThanOrEqualTo(clock.millis() + 600_000);
        clock.advance(Duration.ofSeconds(601));
        await().atMost(LONG).until(() -> of(user).size() == 2);
    }

    @Test
    void theLogHasTheLatestAttempts() {
        var endpoint = endpoint("");
        receiver.answering(message -> new Answer(500, "x".repeat(3000), Map.of()));
        var user = api.createUser("'name':'Anna'").id();
        awaitReceived(1);
        await().atMost(LONG)
                .until(() ->
                        !api.get(path(endpoint) + "/deliveries").at("/data").isEmpty());
        receiver.answering(message -> Answer.OK);
        clock.advance(Duration.ofSeconds(10));
        await().atMost(LONG)
                .until(() -> api.get(path(endpoint) + "/deliveries").at("/data").size() == 2);
        var log = api.get(path(endpoint) + "/deliveries");
        assertThat(log.textAt("/data/0/attributes/status")).isEqualTo("204");
        assertThat(log.textAt("/data/1/attributes/status")).isEqualTo("500");
        assertThat(log.textAt("/data/1/attributes/response")).isEqualTo("x".repeat(1024));
        assertThat(log.textAt("/data/1/attributes/event_id"))
                .isEqualTo(of(user).getFirst().id());
    }

    @Test
    void aDeletedEndpointGetsNothingMore() {
        var endpoint = endpoint("");
        api.createUser("'name':'Anna'");
        awaitReceived(1);
        assertThat(api.delete(path(endpoint)).status()).isEqualTo(204);
        assertThat(server.value("select count(*) from webhook_attempt where tenant_id = ?", tenant))
                .isEqualTo("0");
        var witness = new WebhookReceiver();
        try (witness) {
            api.post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + witness.url() + "'"));
            api.createUser("'name':'Ben'");
            await().atMost(LONG).until(() -> witness.received().size() == 1);
        }
        assertThat(receiver.received()).hasSize(1);
    }

    private String newestCursor() {
        return api.get("/events?from=now").textAt("/links/next").replaceFirst(".*page%5Bafter%5D=([^&]*).*", "$1");
    }

    /// How far an endpoint has come is noted a little later than its deliveries.
    @Test
    void whatWasDeliveredAMomentAgoIsDeliveredAgain() {
        var endpoint = endpoint("");
        for (int round = 0; round < 5; round++) {
            var cursor = newestCursor();
            var user = api.createUser("'name':'Anna'").id();
            await().atMost(LONG).until(() -> !of(user).isEmpty());
            assertThat(api.post(path(endpoint) + "/replays", document("WebhookReplay", "'since':'" + cursor + "'"))
                            .status())
                    .isEqualTo(201);
            await().atMost(LONG).until(() -> of(user).size() >= 2);
        }
    }

    @Test
    void aReplayDeliversAgainFromATimeOrACursorOn() {
        var endpoint = endpoint("");
        var first = api.createUser("'name':'First'").id();
        // Only then is it certain that the feed has come past it.
        awaitReceived(1);
        var cursor = newestCursor();
        var second = api.createUser("'name':'Second'").id();
        awaitReceived(2);
        awaitAttribute(endpoint, "backlog", "0");
        var replayed = api.post(path(endpoint) + "/replays", document("WebhookReplay", "'since':'" + cursor + "'"));
        assertThat(replayed.status()).as(replayed.text()).isEqualTo(201);
        awaitReceived(3);
        assertThat(of(second)).hasSize(2);
        awaitAttribute(endpoint, "backlog", "0");

        var since = clock.instant().minusSeconds(60).toString();
        assertThat(api.post(path(endpoint) + "/replays", document("WebhookReplay", "'since':'" + since + "'"))
                        .status())
                .isEqualTo(201);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(of(first)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(of(second)).hasSizeGreaterThanOrEqualTo(3);
        });
        assertThat(of(first).getFirst().id()).isEqualTo(of(first).getLast().id());

        var refused = api.post(path(endpoint) + "/replays", document("WebhookReplay", "'since':'yesterday'"));
        assertThat(refused.code()).isEqualTo("invalid_value");
        assertThat(refused.source()).isEqualTo("/data/attributes/since");
    }

    @Test
    void whatIsParkedCountsAsBacklog() {
        var endpoint = endpoint("");
        receiver.answering(
                message -> "poison".equals(message.textAt("/attributes/external_id")) ? Answer.of(400) : Answer.OK);
        var poison = api.createUser("'external_id':'poison'").id();
        await().atMost(LONG).until(() -> of(poison).size() == 1);
        api.patchUser(poison, "'name':'Second'");
        api.patchUser(poison, "'name':'Third'");
        var other = api.createUser("'name':'Other'").id();
        await().atMost(LONG).until(() -> of(other).size() == 1);
        awaitAttribute(endpoint, "backlog", "3");
        assertThat(versionsOf(poison)).containsExactly(1L);
    }

    @Test
    void anEventThatFailsForThreeDaysIsGivenUpAndWhatFollowedOfTheUserIsDelivered() {
        var endpoint = endpoint("");
        receiver.answering(
                message -> "poison".equals(message.textAt("/attributes/external_id")) && message.version() == 1
                        ? Answer.of(400)
                        : Answer.OK);
        var poison = api.createUser("'external_id':'poison'").id();
        api.patchUser(poison, "'name':'Second'");
        for (int day = 0; day < 4; day += 2) {
            int tried = of(poison).size();
            var other = api.createUser("'name':'Other'").id();
            await().atMost(LONG)
                    .until(() -> of(other).size() == 1 && !of(poison).isEmpty());
            await().atMost(LONG)
                    .until(() -> server.value(
                                    "select count(*) from webhook_endpoint where id = ?::uuid and failing_since is null",
                                    endpoint.id())
                            .equals("1"));
            int before = Math.max(1, tried);
            clock.advance(Duration.ofDays(2));
            await().atMost(LONG).until(() -> of(poison).size() > before);
        }
        await().atMost(LONG).until(() -> versionsOf(poison).contains(2L));
        awaitAttribute(endpoint, "backlog", "0");
        assertThat(at(endpoint, "status")).isEqualTo("ENABLED");
    }
}
