import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.net.http.HttpHeaders;

/// Receives webhooks and verifies their signatures: java -cp standardwebhooks.jar Receiver.java
void main() throws Exception {
    var webhook = new Webhook(System.getenv("SECRET"));
    var server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
    server.createContext("/", call -> {
        int status = 204;
        try {
            var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            webhook.verify(body, HttpHeaders.of(call.getRequestHeaders(), (name, value) -> true));
            IO.println(body);
        } catch (WebhookVerificationException e) {
            status = 400;
        }
        call.sendResponseHeaders(status, -1);
        call.close();
    });
    server.start();
}
