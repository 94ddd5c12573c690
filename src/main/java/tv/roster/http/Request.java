package tv.roster.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.PercentEncoding;
import tv.roster.jsonapi.Refusal;
import tv.roster.jsonapi.Source;

/// One request as the features see it: raw path and query, the route's variables, headers, and the body's bytes.
public final class Request {
    /// Bytes a body may have, but for bulk calls: 1 MiB.
    public static final int BODY_LIMIT = 1 << 20;

    private final ServerRequest helidon;
    private final String id;
    private final @Nullable String publicUrl;
    private Map<String, String> variables = Map.of();
    private byte @Nullable [] body;

    Request(ServerRequest helidon, @Nullable String publicUrl) {
        this.helidon = helidon;
        this.publicUrl = publicUrl;
        this.id = RequestId.of(header(RequestId.HEADER));
    }

    /// The client's `X-Request-Id`, or one of our own.
    public String id() {
        return id;
    }

    public String method() {
        return helidon.prologue().method().text();
    }

    /// The method whose route serves this request: HEAD is served as GET.
    String routedMethod() {
        return method().equals("HEAD") ? "GET" : method();
    }

    /// The path as sent, still percent-encoded.
    public String path() {
        return helidon.prologue().uriPath().rawPath();
    }

    /// The query as sent, without its question mark; empty for none.
    public String query() {
        return helidon.prologue().hasQuery() ? helidon.prologue().query().rawValue() : "";
    }

    /// A variable of the route's path, decoded.
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no {" + name + "}");
        }
        return value;
    }

    void enter(Map<String, String> routeVariables) {
        variables = routeVariables;
    }

    /// The one value of a header, or null. Several lines of it are joined by commas, as RFC 9110 5.3 has it.
    public @Nullable String header(String name) {
        return header(HeaderNames.create(name));
    }

    @Nullable
    String header(HeaderName name) {
        var headers = helidon.headers();
        if (!headers.contains(name)) {
            return null;
        }
        var header = headers.get(name);
        return header.valueCount() == 1 ? header.get() : String.join(", ", header.allValues());
    }

    /// Each line of a header that may come several times.
    public List<String> headerLines(String name) {
        Optional<Header> header = helidon.headers().find(HeaderNames.create(name));
        return header.map(Header::allValues).orElse(List.of());
    }

    /// The socket's other end.
    public InetAddress peer() {
        if (helidon.remotePeer().address() instanceof InetSocketAddress address) {
            return address.getAddress();
        }
        throw new IllegalStateException("The peer has no internet address");
    }

    /// Where links begin: the configured public URL, or else the request's own scheme and `Host`. No slash at its end.
    public String origin() {
        return publicUrl != null ? publicUrl : (helidon.isSecure() ? "https://" : "http://") + helidon.authority();
    }

    /// The address of this very request, absolute: what `links.self` of a document says.
    public String url() {
        return query().isEmpty() ? origin() + path() : origin() + path() + "?" + PercentEncoding.mend(query());
    }

    boolean hasBody() {
        var length = helidon.headers().contentLength();
        return length.isPresent() ? length.getAsLong() > 0 : helidon.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    /// The whole body; empty for none. Refuses with 413 what is longer than [#BODY_LIMIT].
    public byte[] body() {
        if (body == null) {
            body = hasBody() ? read(BODY_LIMIT) : new byte[0];
        }
        return body;
    }

    /// The body of a page's form, by the names of its fields.
    public Form form() {
        return Form.read(header("Content-Type"), body());
    }

    /// A parameter of the query, decoded as a form's fields are; null where there is none.
    public @Nullable String parameter(String name) {
        return Form.fields(query()).get(name);
    }

    private byte[] read(int limit) {
        if (helidon.headers().contentLength().orElse(0) > limit) {
            throw tooLarge(limit);
        }
        try {
            var bytes = helidon.content().inputStream().readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw tooLarge(limit);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refusal tooLarge(int limit) {
        return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body has more than " + limit + " bytes.");
    }

    /// Refuses a header with 400 `bad_header`.
    public static Refusal badHeader(String name, String detail) {
        return new Refusal(ErrorCode.BAD_HEADER, detail, Source.header(name));
    }
}
