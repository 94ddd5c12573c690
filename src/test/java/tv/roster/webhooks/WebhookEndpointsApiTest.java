package tv.roster.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;

class WebhookEndpointsApiTest {
    private static final String TYPE = "WebhookEndpoint";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final UUID tenant = server.addTenant();
    private final ApiClient api = server.newKey(tenant, "webhooks");

    private Response create(String attributes) {
        return api.post("/webhook_endpoints", document(TYPE, attributes));
    }

    private Response created(String url) {
        var created = create("'url':'" + url + "'");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created;
    }

    private static String at(Response response, String attribute) {
        return response.textAt("/data/attributes/" + attribute);
    }

    private static String path(Response endpoint) {
        return "/webhook_endpoints/" + endpoint.id();
    }

    @Test
    void anEndpointIsCreatedAndShowsItsSecretOnce() {
        var created = create(
                "'url':'https://example.com/hook','kinds':['user.created','profile.deleted']," + "'description':'CRM'");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(created.textAt("/data/links/self"));
        assertThat(created.header("Cache-Control")).isEqualTo("no-store");
        assertThat(at(created, "secret")).matches("whsec_[A-Za-z0-9+/]{43}=");

        var read = api.get(created.header("Location"));
        assertThat(at(read, "url")).isEqualTo("https://example.com/hook");
        assertThat(read.at("/data/attributes/kinds").toString()).isEqualTo("[\"profile.deleted\",\"user.created\"]");
        assertThat(at(read, "description")).isEqualTo("CRM");
        assertThat(at(read, "status")).isEqualTo("ENABLED");
        assertThat(at(read, "backlog")).isEqualTo("0");
        assertThat(read.text()).doesNotContain("whsec_").doesNotContain("secret");
    }

    @Test
    void theSecretIsStoredEncrypted() {
        var created = created("https://example.com/hook");
        assertThat(server.value(
                        "select octet_length(sealed_secret) from webhook_endpoint where id = ?::uuid", created.id()))
                .isEqualTo(Integer.toString(12 + 32 + 16));
    }

    @Test
    void endpointsAreListedInPages() {
        var first = created("https://example.com/1");
        var second = created("https://example.com/2");
        var page = api.get("/webhook_endpoints?page[size]=1&page[total]=true");
        assertThat(page.textAt("/data/0/id")).isEqualTo(first.id());
        assertThat(page.textAt("/meta/page/total")).isEqualTo("2");
        assertThat(api.get(page.textAt("/links/next")).textAt("/data/0/id")).isEqualTo(second.id());
    }

    @Test
    void anEndpointIsChangedPausedAndDeleted() {
        var created = created("https://example.com/hook");
        var changed = api.patch(
                path(created),
                document(TYPE, created.id(), "'url':'https://example.com/new','status':'PAUSED','kinds':['user.*']"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(at(changed, "url")).isEqualTo("https://example.com/new");
        assertThat(at(changed, "status")).isEqualTo("PAUSED");
        assertThat(changed.at("/data/attributes/kinds/0").asString()).isEqualTo("user.*");

        assertThat(api.delete(path(created)).status()).isEqualTo(204);
        assertThat(api.get(path(created)).status()).isEqualTo(404);
        assertThat(api.delete(path(created)).status()).isEqualTo(404);
    }

    @Test
    void whatWasReadCanBeSentBack() {
        var created = created("https://example.com/hook");
        var read = api.get(path(created));
        var sent = api.patch(path(created), "{'data':" + read.at("/data") + "}");
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    }

    @Test
    void changesOfEndpointsAreInTheAuditWithoutTheirSecrets() {
        var created = created("https://example.com/hook");
        api.patch(path(created), document(TYPE, created.id(), "'status':'PAUSED'"));
        api.post(path(created) + "/secret_rotations", null);
        api.delete(path(created));
        var audit = server.admin().get("/events?sort=time&filter[tenant]=" + tenant);
        assertThat(audit.at("/data")
                        .valueStream()
                        .map(event -> event.at("/attributes/kind").asString()))
                .containsExactly(
                        "webhook_endpoint.created",
                        "webhook_endpoint.updated",
                        "webhook_endpoint.secret_rotated",
                        "webhook_endpoint.deleted");
        assertThat(audit.textAt("/data/1/attributes/before/status")).isEqualTo("ENABLED");
        assertThat(audit.textAt("/data/1/attributes/after/status")).isEqualTo("PAUSED");
        assertThat(audit.text()).doesNotContain("whsec_").doesNotContain("sealed");
    }

    @Test
    void aTenantHasSixteenEndpointsAtTheMost() {
        IntStream.range(0, 16).forEach(number -> created("https://example.com/" + number));
        var refused = create("'url':'https://example.com/more'");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("endpoint_limit");
    }

    @Test
    void theScopeIsDemanded() {
        assertThat(server.newKey(tenant, "users:read", "events:read")
                        .get("/webhook_endpoints")
                        .code())
                .isEqualTo("insufficient_scope");
    }

    @Test
    void endpointsOfAnotherTenantDoNotExist() {
        var created = created("https://example.com/hook");
        var other = server.newKey(server.addTenant(), "webhooks");
        assertThat(other.get(path(created)).status()).isEqualTo(404);
        assertThat(other.patch(path(created), "{}").status()).isEqualTo(404);
        assertThat(other.post(path(created) + "/test_deliveries", null).status())
                .isEqualTo(404);
        assertThat(other.get(path(created) + "/deliveries").status()).isEqualTo(404);
        assertThat(other.get("/webhook_endpoints").at("/data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'url':'http://8.8.8.8/'                              | url_not_allowed | /data/attributes/url
            'url':'ftp://example.com/'                           | url_not_allowed | /data/attributes/url
            'url':'https://user:word@example.com/'               | url_not_allowed | /data/attributes/url
            'url':'https://10.0.0.1/'                            | url_not_allowed | /data/attributes/url
            'url':'https://[::1]/'                               | url_not_allowed | /data/attributes/url
            'url':'https://[::ffff:10.0.0.1]/'                   | url_not_allowed | /data/attributes/url
            'url':'https://169.254.169.254/latest/'              | url_not_allowed | /data/attributes/url
            'url':'https://8.8.8.8/#part'                        | invalid_value   | /data/attributes/url
            'url':'nowhere'                                      | invalid_value   | /data/attributes/url
            'url':7                                              | wrong_type      | /data/attributes/url
            'kinds':['user.created']                             | invalid_value   | /data/attributes
            'url':'https://example.com/','kinds':['user.sung']   | invalid_value   | /data/attributes/kinds/0
            'url':'https://example.com/','status':'DISABLED'     | invalid_value   | /data/attributes/status
            'url':'https://example.com/','secret':'whsec_MTIz'   | read_only       | /data/attributes/secret
            'url':'https://example.com/','colour':'red'          | unknown_member  | /data/attributes/colour
            """)
    void whatIsWrongIsReported(String attributes, String code, String pointer) {
        var refused = create(attributes);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.source()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.0.0.1.", "0"})
    void anAddressInAnOddNotationIsRefused(String host) {
        var refused = create("'url':'https://" + host + "/'");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    }

    @Test
    void aNameThatDoesNotResolveYetIsAccepted() {
        assertThat(create("'url':'https://not-there-yet.invalid/hook'").status())
                .isEqualTo(201);
    }

    @Test
    void plainHttpNeedsNetworksOfTheOperator() {
        var shared = TestServer.shared();
        var refused = shared.newKey(shared.addTenant(), "webhooks")
                .post("/webhook_endpoints", document(TYPE, "'url':'http://not-there-yet.invalid/'"));
        assertThat(refused.code()).isEqualTo("url_not_allowed");
        assertThat(refused.source()).isEqualTo("/data/attributes/url");
    }

    @Test
    void plainHttpIsAllowedInTheNetworksOfTheOperator() {
        assertThat(create("'url':'http://127.0.0.1:9/hook'").status()).isEqualTo(201);
        assertThat(create("'url':'http://8.8.8.8/hook'").code()).isEqualTo("url_not_allowed");
    }

    @Test
    void aTestIsSentAndReturnsWhatCameBack() {
        try (var receiver = new WebhookReceiver().answering(message -> new Answer(418, "short and stout", Map.of()))) {
            var endpoint = created(receiver.url());
            var tested = api.post(path(endpoint) + "/test_deliveries", null);
            assertThat(tested.status()).as(tested.text()).isEqualTo(201);
            assertThat(at(tested, "status")).isEqualTo("418");
            assertThat(at(tested, "response")).isEqualTo("short and stout");
            assertThat(at(tested, "detail")).isNull();

            var message = receiver.received().getFirst();
            assertThat(message.id()).isEqualTo(tested.id());
            assertThat(message.type()).isEqualTo("webhook.test");
            assertThat(message.isSignedBy(at(endpoint, "secret"))).isTrue();
            assertThat(message.isSignedBy("whsec_" + "A".repeat(43) + "=")).isFalse();
        }
    }

    @Test
    void aTenantWhoseReceiversHangHoldsFewRequests() {
        var release = new CountDownLatch(1);
        int most = WebhookEndpointsApi.MOST_TESTS_OF_TENANT;
        try (var receiver = new WebhookReceiver().answering(message -> {
            waitFor(release);
            return Answer.OK;
        })) {
            var endpoint = created(receiver.url());
            var tests = Stream.generate(() -> Together.start(() -> api.post(path(endpoint) + "/test_deliveries", null)))
                    .limit(most)
                    .toList();
            await().until(() -> receiver.received().size() == most);
            var refused = api.post(path(endpoint) + "/test_deliveries", null);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotNull();
            release.countDown();
            assertThat(tests)
                    .allSatisfy(test -> assertThat(test.join().status()).isEqualTo(201));
            assertThat(receiver.received()).hasSize(most);
        }
    }

    private static void waitFor(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTestOfAServerThatIsNotThereSaysSo() {
        var endpoint = created("http://127.0.0.1:1/");
        var tested = api.post(path(endpoint) + "/test_deliveries", "{'data':{'type':'WebhookTestDelivery'}}");
        assertThat(tested.status()).isEqualTo(201);
        assertThat(at(tested, "status")).isNull();
        assertThat(at(tested, "detail")).isEqualTo("The connection was refused.");
    }

    @Test
    void afterARotationBothSecretsSignUntilTheOverlapIsOver() {
        try (var receiver = new WebhookReceiver()) {
            var endpoint = created(receiver.url());
            var rotated = api.post(path(endpoint) + "/secret_rotations", null);
            assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
            assertThat(at(rotated, "overlap_seconds")).isEqualTo("86400");
            api.post(path(endpoint) + "/test_deliveries", null);
            var message = receiver.received().getLast();
            assertThat(message.isSignedBy(at(endpoint, "secret"))).isTrue();
            assertThat(message.isSignedBy(at(rotated, "secret"))).isTrue();

            var again = api.post(
                    path(endpoint) + "/secret_rotations", document("WebhookSecretRotation", "'overlap_seconds':0"));
            api.post(path(endpoint) + "/test_deliveries", null);
            message = receiver.received().getLast();
            assertThat(message.isSignedBy(at(rotated, "secret"))).isFalse();
            assertThat(message.isSignedBy(at(again, "secret"))).isTrue();
        }
    }

    @Test
    void anIdempotencyKeyHasNoEffectWhereTheResponseHasASecret() {
        var body = document(TYPE, "'url':'https://example.com/hook'");
        var first = api.post("/webhook_endpoints", body, "Idempotency-Key", "one");
        var second = api.post("/webhook_endpoints", body, "Idempotency-Key", "one");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(server.value("select count(*) from idempotency_key where tenant_id = ?", tenant))
                .isEqualTo("0");
    }
}
