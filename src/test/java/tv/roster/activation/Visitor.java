package tv.roster.activation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// A browser as the pages see it: opens addresses and sends forms.
public record Visitor(TestServer server) {
    public Response open(String url, String... headers) {
        return new ApiClient(server.url(), null).get(url, headers);
    }

    /// Opens the outbox, or a page below it, by the server's key.
    public Response openOutbox(String path) {
        var cookie = open(server.outboxLink()).header("Set-Cookie");
        return open(server.url() + "/outbox" + path, "Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    public Response send(String path, Map<String, String> fields, String... headers) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        return new ApiClient(server.url(), null).send("POST", path, body, all);
    }

    /// Sends the form behind a link with these two passwords.
    public Response choose(String link, String password, String repeated) {
        var path = link.substring(server.url().length(), link.indexOf('?'));
        var token = link.substring(link.indexOf('=') + 1);
        return send(path, Map.of("token", token, "password", password, "repeated", repeated));
    }
}
