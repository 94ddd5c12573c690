package tv.roster.testing;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on this machine that receives webhooks.
public final class WebhookReceiver implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final SSLContext tls;
    private volatile HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Function<Received, Answer> answers = message -> Answer.OK;

    /// A message that has arrived.
    public record Received(Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }

        public String id() {
            return header("webhook-id");
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        /// The type of the message, such as `user.created`.
        public String type() {
            return json().get("type").asString();
        }

        /// The text at a JSON pointer into the event.
        public String textAt(String pointer) {
            var node = json().get("data").at(pointer);
            return node.isMissingNode() || node.isNull() ? null : node.asString();
        }

        public String user() {
            return textAt("/attributes/user_id");
        }

        public long version() {
            return json().get("data").at("/attributes/version").asLong();
        }

        /// Whether it has the signature that the public library of Standard Webhooks computes, whatever its time is.
        public boolean hasSignatureOf(String secret) {
            try {
                var signature = new Webhook(secret).sign(id(), Long.parseLong(header("webhook-timestamp")), body);
                return List.of(header("webhook-signature").split(" ")).contains(signature);
            } catch (WebhookSigningException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Whether the public library of Standard Webhooks accepts it, which includes that it is recent.
        public boolean isSignedBy(String secret) {
            try {
                new Webhook(secret).verify(body, headers);
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            }
        }
    }

    /// What it sends back.
    public record Answer(int status, String body, Map<String, String> headers) {
        public static final Answer OK = of(204);

        public static Answer of(int status) {
            return new Answer(status, "", Map.of());
        }
    }

    public WebhookReceiver() {
        this(null);
    }

    /// With TLS.
    public WebhookReceiver(SSLContext tls) {
        this.tls = tls;
        server = start(0);
    }

    private HttpServer start(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            var started = tls == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
            if (started instanceof HttpsServer secure) {
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            }
            started.createContext("/", this::handle);
            started.setExecutor(threads);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Breaks all connections off, and listens again on the same port.
    public void restart() {
        int port = port();
        server.stop(0);
        server = start(port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var message = new Received(Map.copyOf(exchange.getRequestHeaders()), body);
            received.add(message);
            var answer = answers.apply(message);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// What it sends back from now on.
    public WebhookReceiver answering(Function<Received, Answer> how) {
        answers = how;
        return this;
    }

    public WebhookReceiver answering(int status) {
        return answering(message -> Answer.of(status));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port() + "/hook";
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
