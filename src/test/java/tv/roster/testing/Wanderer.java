package tv.roster.testing;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A browser without scripts that keeps cookies and follows redirects, all on this machine.
public final class Wanderer {
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private URI place;

    /// Opens a page, and follows redirects until one leads to an address that `stop` accepts: that one is not opened.
    public Response openUntil(String address, Predicate<URI> stop) {
        return follow(HttpRequest.newBuilder(URI.create(address)).GET(), URI.create(address), stop);
    }

    public Response open(String address) {
        return openUntil(address, any -> false);
    }

    /// Sends a form, and follows redirects as [#openUntil] does.
    public Response send(String address, Map<String, String> fields, Predicate<URI> stop) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        return follow(request, URI.create(address), stop);
    }

    private Response follow(HttpRequest.Builder first, URI address, Predicate<URI> stop) {
        place = address;
        var response = exchange(first);
        while (response.status() / 100 == 3) {
            place = place.resolve(response.header("Location"));
            if (stop.test(place)) {
                return response;
            }
            response = exchange(HttpRequest.newBuilder(place).GET());
        }
        return response;
    }

    private Response exchange(HttpRequest.Builder request) {
        request.header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        var response = ApiClient.send(request.build());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        return response;
    }

    /// Keeps a cookie, as a `Set-Cookie` header has it.
    public void keep(String line) {
        var parts = line.split(";");
        var pair = parts[0].split("=", 2);
        boolean isRemoved =
                Arrays.stream(parts).anyMatch(part -> part.strip().equalsIgnoreCase("Max-Age=0")) || pair[1].isEmpty();
        if (isRemoved) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    /// Where it is, or was led to.
    public URI place() {
        return place;
    }

    /// The value of a cookie, or null.
    public String cookie(String name) {
        return cookies.get(name);
    }
}
