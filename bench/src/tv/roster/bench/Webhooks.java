package tv.roster.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Deliveries of webhooks: how many a second one endpoint gets, and what a thousand endpoints that hang change about
/// that and about the calls of the API.
final class Webhooks {
    private static final String BSS = "/api/user/management/v4";
    private static final String ADMIN = "/api/admin/v1";
    private static final int EACH_TENANT = 16;
    private static final int CALLS = 200;
    private static final int CONNECTIONS = 4;

    private final Stage stage;
    private final WebhookReceivers receivers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int seconds;

    private Webhooks(Stage stage, WebhookReceivers receivers) {
        this.stage = stage;
        this.receivers = receivers;
        this.seconds = stage.options().quick() ? 2 : 20;
    }

    static ObjectNode measure(Stage stage) throws IOException, InterruptedException, SQLException {
        try (var receivers = new WebhookReceivers()) {
            return new Webhooks(stage, receivers).measure();
        }
    }

    private ObjectNode measure() throws IOException, InterruptedException {
        var json = JsonMapper.shared().createObjectNode();
        var endpoint = post(stage.key(), BSS + "/webhook_endpoints", endpoint(receivers.healthyUrl()))
                .at("/data/id")
                .asString();
        var quiet = gets();
        // Not counted: it lets the JVM compile.
        deliveries(endpoint);
        double alone = deliveries(endpoint);
        json.put("deliveries_per_second", Spread.rounded(alone));
        pause(endpoint);
        int hanging = hang(stage.options().quick() ? 32 : 1_000);
        json.put("endpoints_that_hang", hanging).put("connections_that_hang", receivers.held());
        var loaded = gets();
        resume(endpoint);
        double beside = deliveries(endpoint);
        json.put("deliveries_per_second_beside_them", Spread.rounded(beside))
                .put("get_by_id_p50_ms_before", Spread.rounded(quiet.p50()))
                .put("get_by_id_p50_ms_beside_them", Spread.rounded(loaded.p50()))
                .put("get_by_id_p99_ms_before", Spread.rounded(quiet.p99()))
                .put("get_by_id_p99_ms_beside_them", Spread.rounded(loaded.p99()));
        return json;
    }

    private PacedLoad.Result gets() throws IOException {
        return PacedLoad.run(stage.server().address(), Limits.gets(stage), CONNECTIONS, CALLS, seconds);
    }

    /// The deliveries a second of old events, which are delivered again.
    private double deliveries(String endpoint) throws IOException, InterruptedException {
        post(
                stage.key(),
                BSS + "/webhook_endpoints/" + endpoint + "/replays",
                document("WebhookReplay", "\"since\":\"2000-01-01T00:00:00Z\""));
        TimeUnit.SECONDS.sleep(2);
        long before = receivers.received();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double rate = (receivers.received() - before) / ((System.nanoTime() - begin) / 1e9);
        Bench.say(String.format(Locale.ROOT, "deliveries: %,.0f/s", rate));
        return rate;
    }

    private void pause(String endpoint) throws IOException, InterruptedException {
        status(endpoint, "PAUSED");
    }

    private void resume(String endpoint) throws IOException, InterruptedException {
        status(endpoint, "ENABLED");
    }

    private void status(String endpoint, String status) throws IOException, InterruptedException {
        send(
                "PATCH",
                stage.key(),
                BSS + "/webhook_endpoints/" + endpoint,
                "{\"data\":{\"type\":\"WebhookEndpoint\",\"id\":\"" + endpoint + "\",\"attributes\":{\"status\":\""
                        + status + "\"}}}");
    }

    /// Creates tenants with endpoints that hang, and with a user each, of whom they are told.
    private int hang(int endpoints) throws IOException, InterruptedException {
        var admin = stage.adminKey();
        int made = 0;
        for (int tenant = 0; made < endpoints; tenant++) {
            var slug = "hanging-" + Bench.nextRun() + "-" + tenant;
            var id = post(
                            admin,
                            ADMIN + "/tenants",
                            document("Tenant", "\"slug\":\"" + slug + "\",\"name\":\"Hanging\""))
                    .at("/data/id")
                    .asString();
            var key = post(
                            admin,
                            ADMIN + "/tenants/" + id + "/api_keys",
                            document("ApiKey", "\"name\":\"Bench\",\"scopes\":[\"users:write\",\"webhooks\"]"))
                    .at("/data/attributes/secret")
                    .asString();
            for (int endpoint = 0; endpoint < EACH_TENANT && made < endpoints; endpoint++) {
                post(key, BSS + "/webhook_endpoints", endpoint(receivers.hangingUrl() + endpoint));
                made++;
            }
            post(key, BSS + "/users", document("User", ""));
        }
        TimeUnit.SECONDS.sleep(3);
        return made;
    }

    private static String endpoint(String url) {
        return document("WebhookEndpoint", "\"url\":\"" + url + "\"");
    }

    private static String document(String type, String attributes) {
        return "{\"data\":{\"type\":\"" + type + "\",\"attributes\":{" + attributes + "}}}";
    }

    private JsonNode post(String key, String path, String body) throws IOException, InterruptedException {
        return send("POST", key, path, body);
    }

    private JsonNode send(String method, String key, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + stage.server().address() + path))
                .header("Authorization", "Apikey " + key)
                .header("Content-Type", "application/vnd.api+json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }
}
