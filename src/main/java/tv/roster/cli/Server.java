package tv.roster.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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
    private static final String JSON_API = "application/vnd.api+json";
    /// Deleting a tenant with its users can take long.
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerAccess place;
    private final String base;
    private final HttpClient http;

    private Server(ServerAccess place, String base) {
        this.place = place;
        this.base = base;
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
        if (place.authorities() != null) {
            builder.sslContext(trusting(place.authorities()));
        } else if (place.url().getScheme().equals("http")) {
            builder.sslContext(trustingNobody());
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

    /// Without TLS. The client would read all certificates of the JDK at once, which takes a good part of a command's
    /// time.
    private static SSLContext trustingNobody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends the client's threads. On exit, Java would wait 300 ms for them.
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private static SSLContext trusting(Path file) {
        try (var pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(Failure.MISUSED, "ROSTER_CA: the certificates in " + file + " cannot be used.");
        }
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

    private JsonNode send(String method, String path, @Nullable String body, @Nullable String ifMatch) {
        var request = HttpRequest.newBuilder(address(path))
                .timeout(PATIENCE)
                .header("Authorization", "Apikey " + place.key())
                .header("Accept", JSON_API)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", JSON_API);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        try {
            return read(http.send(request.build(), BodyHandlers.ofString()));
        } catch (SSLHandshakeException e) {
            throw new Failure(Failure.UNREACHABLE, "No secure connection to " + place.url() + ": " + distrust(e));
        } catch (IOException e) {
            throw new Failure(
                    Failure.UNREACHABLE,
                    "No response from " + place.url() + ": " + (e.getMessage() == null ? e : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.UNREACHABLE, "Interrupted.");
        }
    }

    private static String distrust(SSLHandshakeException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest instanceof CertPathBuilderException
                ? "its certificate is not trusted. Name a PEM file with the certificate, or with that of its authority, in"
                        + " ROSTER_CA."
                : deepest.getMessage() + ".";
    }

    /// Links in responses are absolute and may begin with a public URL that cannot be reached from here, so only
    /// the part that the API created is used.
    private URI address(String path) {
        int at = path.startsWith("http") ? path.indexOf(base) : -1;
        return URI.create(place.url() + (at < 0 ? base + path : path.substring(at)));
    }

    private JsonNode read(HttpResponse<String> response) {
        JsonNode document;
        try {
            document = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new Failure(
                    Failure.REFUSED,
                    place.url() + " returned " + response.statusCode() + ", but not a response of Roster.");
        }
        if (response.statusCode() < 300) {
            return document;
        }
        throw new Failure(
                Failure.REFUSED,
                document.at("/errors")
                        .valueStream()
                        .map(Server::words)
                        .collect(Collectors.joining(System.lineSeparator())));
    }

    private static String words(JsonNode error) {
        var place = error.at("/source/pointer").asString("");
        return error.at("/detail").asString("") + " (" + error.at("/status").asString("") + " "
                + error.at("/code").asString("")
                + (place.isEmpty() ? "" : " at " + place.replaceFirst("^/data/attributes/", "")) + ")";
    }
}
