package tv.roster.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tv.roster.TestServer;
import tv.roster.agents.values.SessionToken;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// A browser without scripts in which an agent has signed in. Paths are absolute.
public record ConsoleBrowser(TestServer server, SessionToken session) {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    public Response open(String path, String... headers) {
        return client().send("GET", path, null, with(headers, "Accept", "text/html"));
    }

    /// Sends a form with the token of the session.
    public Response send(String path, Map<String, String> fields) {
        return sendWith(csrf(), path, fields);
    }

    /// The same with another token.
    public Response sendWith(String csrf, String path, Map<String, String> fields, String... headers) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "csrf=" + csrf + "&", ""));
        return client().send(
                        "POST",
                        path,
                        body,
                        with(
                                headers,
                                "Accept",
                                "text/html",
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Content-Type",
                                "application/x-www-form-urlencoded"));
    }

    /// Sends a form with a body as it is.
    public Response sendBody(String path, String type, String body) {
        return client().send(
                        "POST",
                        path,
                        body,
                        with(
                                new String[0],
                                "Accept",
                                "text/html",
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Content-Type",
                                type));
    }

    /// The token in the forms of this session.
    public String csrf() {
        var page = open("/console/tenants").text();
        var found = CSRF.matcher(page);
        if (!found.find()) {
            throw new AssertionError("no form on " + page);
        }
        return found.group(1);
    }

    private ApiClient client() {
        return new ApiClient(server.url(), null);
    }

    /// Headers given last take precedence.
    private String[] with(String[] given, String... usual) {
        var all = new ArrayList<String>(List.of("Cookie", ConsoleSessions.header(session)));
        for (int index = 0; index < usual.length; index += 2) {
            if (!List.of(given).contains(usual[index])) {
                all.add(usual[index]);
                all.add(usual[index + 1]);
            }
        }
        all.addAll(List.of(given));
        return all.toArray(String[]::new);
    }
}
