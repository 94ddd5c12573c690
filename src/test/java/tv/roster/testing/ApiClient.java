package tv.roster.testing;

import static tv.roster.testing.Json.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the server as a BSS would. Paths are relative to the API's base; absolute URLs are taken as they are.
/// Bodies may be JSON in single quotes, as [Json] reads it.
public final class ApiClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;
    private final String key;

    public ApiClient(String base, String key) {
        this.base = base;
        this.key = key;
    }

    public String key() {
        return key;
    }

    public String base() {
        return base;
    }

    public Response get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Response post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Response put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Response patch(String path, String body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    public Response delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /// A user with these attributes, as JSON members without the braces; fails unless it was made.
    public Response createUser(String attributes) {
        var response = post("/users", user("{" + attributes + "}"));
        if (response.status() != 201) {
            throw new AssertionError("not created: " + response.text());
        }
        return response;
    }

    /// Changes a user's attributes, given as JSON members without the braces.
    public Response patchUser(String id, String attributes, String... headers) {
        return patch(
                "/users/" + id,
                "{'data':{'type':'User','id':'" + id + "','attributes':{" + attributes + "}}}",
                headers);
    }

    /// The ids of all users of the tenant.
    public Set<String> allUserIds() {
        return allUsers().map(user -> user.at("/id").asString()).collect(Collectors.toSet());
    }

    /// All users of the tenant, page by page.
    public Stream<JsonNode> allUsers() {
        var users = new ArrayList<JsonNode>();
        var page = get("/users?page[size]=1000");
        page.at("/data").forEach(users::add);
        while (!page.at("/links/next").isNull()) {
            page = get(page.textAt("/links/next"));
            page.at("/data").forEach(users::add);
        }
        return users.stream();
    }

    /// The document of a new user with these attributes, a JSON object.
    public static String user(String attributes) {
        return json("{'data':{'type':'User','attributes':" + attributes + "}}");
    }

    /// Sends a request. `headers` are names and values in turn; a null value leaves out what is sent by default.
    public Response send(String method, String path, String body, String... headers) {
        var sent = body == null ? null : json(body);
        SuiteLog.sent(path.startsWith("http") ? path : base + path, sent);
        var builder = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, sent == null ? BodyPublishers.noBody() : BodyPublishers.ofString(sent));
        if (sent != null && !names(headers, "Content-Type")) {
            builder.header("Content-Type", "application/vnd.api+json");
        }
        if (key != null && !names(headers, "Authorization")) {
            builder.header("Authorization", "Apikey " + key);
        }
        for (int at = 0; at < headers.length; at += 2) {
            if (headers[at + 1] != null) {
                builder.header(headers[at], headers[at + 1]);
            }
        }
        return send(builder.build(), sent);
    }

    private static boolean names(String[] headers, String name) {
        for (int at = 0; at < headers.length; at += 2) {
            if (headers[at].equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /// Sends any request, as it is.
    public static Response send(HttpRequest request) {
        return send(request, null);
    }

    private static Response send(HttpRequest request, String body) {
        var response = answer(request);
        DescribedCalls.check(request.method(), request.uri(), body, response);
        return response;
    }

    private static Response answer(HttpRequest request) {
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            var text = response.body();
            var type = response.headers().firstValue("Content-Type").orElse("");
            var json = type.contains("json") && !type.contains("ndjson") && !text.isEmpty();
            return new Response(
                    response.statusCode(), response.headers(), text, json ? JSON.readTree(text) : JSON.missingNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
