package tv.roster.platform.openid;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends requests to the provider, none of which takes longer, or receives more, than is needed. Redirects are not
/// followed: the addresses are those of the provider's configuration.
final class BoundedHttp implements HTTPRequestSender, ResourceRetriever, AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    /// For all of a request and its response.
    private static final Duration IN_ALL = Duration.ofSeconds(10);

    private static final long MOST_BYTES = 1 << 20;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        var wanted = HttpRequest.newBuilder(request.getURI());
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> wanted.header(name, value)));
        var body = request.getBody();
        wanted.method(
                request.getMethod().name(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        var received = exchange(wanted.build());
        var response = new HTTPResponse(received.statusCode());
        received.headers().map().forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
        response.setBody(received.body());
        return response;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            return new Resource(get(url.toURI()), null);
        } catch (URISyntaxException e) {
            throw new IOException("not an address", e);
        }
    }

    /// The body of a successful response.
    String get(URI address) throws IOException {
        var received = exchange(HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .build());
        if (received.statusCode() != OK) {
            throw new IOException("status " + received.statusCode() + " from " + address);
        }
        return received.body();
    }

    private HttpResponse<String> exchange(HttpRequest request) throws IOException {
        var response = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        try {
            return response.get(IN_ALL.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause(), request), e);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException("no response in " + IN_ALL.toSeconds() + " s from " + place(request), e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static String reason(@Nullable Throwable cause, HttpRequest request) {
        var what = cause == null || cause.getMessage() == null ? "no response" : cause.getMessage();
        return what + " (" + place(request) + ")";
    }

    /// Without the query, which may have secrets.
    private static String place(HttpRequest request) {
        return request.uri().getScheme() + "://" + request.uri().getAuthority()
                + request.uri().getPath();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
