package tv.roster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Calls one of the server's APIs; every response other than a success becomes a [Failure] with the server's own
/// message.
final class Server implements AutoCloseable {
    private static final String ADMIN = "/api/admin/v1";
    private static final String USERS = "/api/user/management/v4";
    static final String JSON_API = "application/vnd.api+json";
    /// Deleting a tenant with its users can take long.
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TEMPORARY =
            Set.of("unavailable", "outcome_unknown", "rate_limited", "idempotency_in_progress", "request_timeout");

    private final ServerAccess place;
    private final String base;
    private final HttpClient http;

    private Server(ServerAccess place, String base) {
        this.place = place;
        this.base = base;
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
        if (place.authorities() != null) {
            builder.sslContext(Trust.in(place.authorities()));
        } else if (place.url().getScheme().equals("http")) {
            builder.sslContext(Trust.inNobody());
        }
        http = builder.build();
    }

    /// The admin API.
    static Server ofAdmin(Terminal terminal) {
        return new Server(ServerAccess.ofAdmin(terminal), ADMIN);
    }

    /// The User Management API, for the tenant of a key.
    static Server ofTenant(Terminal terminal) {
        return new Server(ServerAccess.ofTenant(terminal), USERS);
    }

    /// Ends the client's threads. On exit, Java would wait 300 ms for them.
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    ServerAccess place() {
        return place;
    }

    JsonNode get(String path) {
        return send("GET", path, null, null);
    }

    JsonNode post(String path, String type, ObjectNode attributes) {
        return post(path, document(type, attributes));
    }

    JsonNode post(String path, ObjectNode document) {
        return send("POST", path, document.toString(), null);
    }

    /// Changes the resource that was read as `resource`, unless somebody else has changed it in the meantime.
    JsonNode patch(String path, JsonNode resource, ObjectNode attributes) {
        return patchWith(path, resource, document(resource.at("/type").asString(), attributes));
    }

    /// The same with a whole document.
    JsonNode patchWith(String path, JsonNode resource, ObjectNode document) {
        ((ObjectNode) document.at("/data")).put("id", resource.at("/id").asString());
        return send(
                "PATCH",
                path,
                document.toString(),
                "\"" + resource.at("/meta/version").asInt() + "\"");
    }

    /// Changes a resource that has no version.
    JsonNode patchWith(String path, String id, ObjectNode document) {
        ((ObjectNode) document.at("/data")).put("id", id);
        return send("PATCH", path, document.toString(), null);
    }

    void delete(String path) {
        send("DELETE", path, null, null);
    }

    /// Passes each resource of a list, page by page.
    void eachOf(String path, Consumer<JsonNode> resource) {
        for (var page = get(path); ; page = get(page.at("/links/next").asString())) {
            page.at("/data").forEach(resource);
            if (!page.at("/links/next").isString()) {
                return;
            }
        }
    }

    /// A line of JSON of the server's.
    static JsonNode parsed(String line) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IOException("A line of the response is no JSON.", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A document with one resource.
    static ObjectNode document(String type, ObjectNode attributes) {
        var document = object();
        document.putObject("data").put("type", type).set("attributes", attributes);
        return document;
    }

    /// A request with the key, to be sent by [#open] or [#start].
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path)).header("Authorization", "Apikey " + place.key());
    }

    /// Sends a request whose response may be long. Every response other than a success becomes a [Failure].
    HttpResponse<InputStream> open(HttpRequest request) {
        var response = answered(() -> http.send(request, BodyHandlers.ofInputStream()));
        if (response.statusCode() < 300) {
            return response;
        }
        try (var body = response.body()) {
            throw refusal(response, new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// Sends a request and does not wait. [#ended] returns what comes back.
    CompletableFuture<HttpResponse<String>> start(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    /// The document of a call that has come to its end.
    JsonNode ended(CompletableFuture<HttpResponse<String>> call) {
        return read(answered(() -> {
            try {
                return call.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
            }
        }));
    }

    private JsonNode send(String method, String path, @Nullable String body, @Nullable String ifMatch) {
        var request = request(path)
                .timeout(PATIENCE)
                .header("Accept", JSON_API)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", JSON_API);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return read(answered(() -> http.send(request.build(), BodyHandlers.ofString())));
    }

    private interface Sending<T> {
        HttpResponse<T> response() throws IOException, InterruptedException;
    }

    private <T> HttpResponse<T> answered(Sending<T> sending) {
        try {
            return sending.response();
        } catch (SSLHandshakeException e) {
            throw new Failure(Failure.UNREACHABLE, "No secure connection to " + place.url() + ": " + Trust.reason(e));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.UNREACHABLE, "Interrupted.");
        }
    }

    private Failure unreachable(IOException e) {
        return new Failure(
                Failure.UNREACHABLE,
                "No response from " + place.url() + ": " + (e.getMessage() == null ? e : e.getMessage()),
                true);
    }

    /// Links in responses are absolute and may begin with a public URL that cannot be reached from here, so only
    /// the part that the API created is used.
    private URI address(String path) {
        int at = path.startsWith("http") ? path.indexOf(base) : -1;
        return URI.create(place.url() + (at < 0 ? base + path : path.substring(at)));
    }

    private JsonNode read(HttpResponse<String> response) {
        if (response.statusCode() < 300) {
            return document(response, response.body());
        }
        throw refusal(response, response.body());
    }

    private Failure refusal(HttpResponse<?> response, String body) {
        var errors = document(response, body).at("/errors");
        return new Failure(
                Failure.REFUSED,
                errors.valueStream().map(Server::words).collect(Collectors.joining(System.lineSeparator())),
                errors.valueStream()
                        .anyMatch(error -> TEMPORARY.contains(error.at("/code").asString(""))));
    }

    private JsonNode document(HttpResponse<?> response, String body) {
        try {
            return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Failure(
                    Failure.REFUSED,
                    place.url() + " returned " + response.statusCode() + ", but not a response of Roster.",
                    response.statusCode() > 500);
        }
    }

    private static String words(JsonNode error) {
        var place = error.at("/source/pointer").asString("");
        return error.at("/detail").asString("") + " (" + error.at("/status").asString("") + " "
                + error.at("/code").asString("")
                + (place.isEmpty() ? "" : " at " + place.replaceFirst("^/data/attributes/", "")) + ")";
    }
}
