package tv.roster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;

/// `./roster webhook …`, as the operator of a tenant runs it.
class WebhookCommandsTest {
    private static final String URL = "https://crm.example/roster";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static TestServer server;

    private final ApiClient api = server.newKey(server.addTenant(), "webhooks", "users:write");
    private final Map<String, String> environment = Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", api.key());

    private record Run(int status, String out, String errors) {}

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Run run(Map<String, String> more, String... arguments) {
        var variables = new HashMap<>(environment);
        variables.putAll(more);
        var out = new StringWriter();
        var errors = new StringWriter();
        int status = Commands.run(arguments, variables, new PrintWriter(out), new PrintWriter(errors), Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private String done(String... arguments) {
        var run = run(Map.of(), arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run.out();
    }

    @Test
    void anEndpointIsCreatedListedPausedEnabledAndDeleted() {
        assertThat(done("webhook", "create", URL, "--kind", "user.created", "--kind", "user.*", "--description", "CRM"))
                .contains("whsec_", URL, "ENABLED", "user.*, user.created", "CRM");
        assertThat(done("webhook", "list")).contains(URL, "ENABLED").doesNotContain("whsec_");
        assertThat(done("webhook", "pause", URL)).contains("PAUSED");
        assertThat(api.get("/webhook_endpoints").textAt("/data/0/attributes/status"))
                .isEqualTo("PAUSED");
        var id = api.get("/webhook_endpoints").textAt("/data/0/id");
        assertThat(done("webhook", "enable", id)).contains("ENABLED");
        assertThat(done("webhook", "show", id))
                .contains(URL, "Last failure:  -")
                .doesNotContain("whsec_");
        assertThat(done("webhook", "rotate", URL, "--overlap", "1h")).contains("whsec_");
        assertThat(done("webhook", "delete", URL, "--yes")).contains("Deleted " + URL);
        assertThat(api.get("/webhook_endpoints").at("/data")).isEmpty();
    }

    @Test
    void aTestTellsWhatTheEndpointReturned() {
        try (var receiver = new WebhookReceiver()) {
            done("webhook", "create", receiver.url());
            assertThat(done("webhook", "test", receiver.url())).contains("Status:", "204");
            assertThat(receiver.received())
                    .singleElement()
                    .satisfies(message -> assertThat(message.type()).isEqualTo("webhook.test"));
            var _ = receiver.answering(message -> new Answer(500, "out of order", Map.of()));
            var failed = run(Map.of(), "webhook", "test", receiver.url());
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.out()).contains("500", "out of order");
        }
    }

    @Test
    void whatWasDeliveredIsInTheLogAndIsDeliveredAgainByAReplay() {
        try (var receiver = new WebhookReceiver()) {
            done("webhook", "create", receiver.url(), "--kind", "user.created");
            api.createUser("'external_id':'10023'");
            await().atMost(PATIENCE).until(() -> receiver.received().size() == 1);
            await().atMost(PATIENCE)
                    .until(() -> done("webhook", "log", receiver.url()).contains("204"));
            var event = receiver.received().getFirst().id();
            assertThat(done("webhook", "log", receiver.url(), "-n", "1")).contains("STATUS", event);
            assertThat(done("webhook", "replay", receiver.url(), "--since", "1h"))
                    .contains("delivered again");
            await().atMost(PATIENCE).until(() -> receiver.received().size() == 2);
            assertThat(receiver.received().getLast().id()).isEqualTo(event);
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(run(Map.of(), "webhook", "pause", URL).errors()).contains("There is no webhook endpoint " + URL);
        done("webhook", "create", URL);
        done("webhook", "create", URL);
        assertThat(run(Map.of(), "webhook", "pause", URL).errors()).contains("Several webhook endpoints have this URL");
        var refused = run(Map.of(), "webhook", "create", "https://10.0.0.1/roster");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("422 url_not_allowed at url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook create",
                "webhook replay https://crm.example/roster",
                "webhook delete https://crm.example/roster",
                "webhook log https://crm.example/roster --last many"
            })
    void wrongUsageIsStatusTwo(String line) {
        var refused = run(Map.of(), line.split(" "));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errors()).isNotEmpty();
    }
}
