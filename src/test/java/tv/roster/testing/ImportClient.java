package tv.roster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends files of users, and waits until they have been carried out.
public final class ImportClient {
    public static final String NDJSON = "application/x-ndjson";
    public static final String CSV = "text/csv";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ApiClient bss;

    /// The key of `bss` has the scope `bulk`.
    public ImportClient(ApiClient bss) {
        this.bss = bss;
    }

    /// Sends rows of NDJSON, in single quotes.
    public Response sendRows(String query, String... rows) {
        return send(query, NDJSON, Json.json(String.join("\n", rows)));
    }

    public Response send(String query, String type, String file, String... headers) {
        SuiteLog.sent(bss.base(), file);
        return send(query, type, BodyPublishers.ofString(file), headers);
    }

    public Response send(String query, String type, byte[] file, String... headers) {
        return send(query, type, BodyPublishers.ofByteArray(file), headers);
    }

    public Response send(String query, String type, BodyPublisher file, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(bss.base() + "/imports" + query))
                .header("Authorization", "Apikey " + bss.key())
                .header("Content-Type", type)
                .POST(file);
        for (int at = 0; at < headers.length; at += 2) {
            request.setHeader(headers[at], headers[at + 1]);
        }
        return ApiClient.send(request.build());
    }

    /// The attributes of an import that was just sent, when it has finished.
    public JsonNode finished(Response sent) {
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        return finished(sent.id());
    }

    public JsonNode finished(String id) {
        return await().atMost(PATIENCE)
                .until(() -> show(id), shown -> !shown.path("finished_time").isNull());
    }

    /// The attributes of an import.
    public JsonNode show(String id) {
        var shown = bss.get("/imports/" + id);
        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        return shown.at("/data/attributes");
    }

    /// The counts of a finished import: created, updated, unchanged, rejected.
    public List<Integer> counts(Response sent) {
        return counts(finished(sent));
    }

    public static List<Integer> counts(JsonNode attributes) {
        var rows = attributes.path("rows");
        assertThat(rows.path("done").asInt()).isEqualTo(rows.path("total").asInt());
        return List.of(
                rows.path("created").asInt(),
                rows.path("updated").asInt(),
                rows.path("unchanged").asInt(),
                rows.path("rejected").asInt());
    }

    /// The rows that were refused.
    public List<JsonNode> rejected(Response sent) {
        var rejected = bss.get("/imports/" + sent.id() + "/rejected_rows");
        assertThat(rejected.status()).as(rejected.text()).isEqualTo(200);
        return rejected.text().lines().map(MAPPER::readTree).toList();
    }

    /// The same as CSV.
    public String rejectedCsv(Response sent) {
        var rejected = bss.get("/imports/" + sent.id() + "/rejected_rows", "Accept", CSV);
        assertThat(rejected.status()).as(rejected.text()).isEqualTo(200);
        return rejected.text();
    }
}
