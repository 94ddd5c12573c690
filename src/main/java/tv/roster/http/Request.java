package tv.roster.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.PercentEncoding;
import tv.roster.jsonapi.Refusal;
import tv.roster.jsonapi.Source;

/// One request as the features see it: raw path and query, the route's variables, headers, and the body's bytes.
public final class Request {
    private final ServerRequest helidon;
    private final String id;
    private final Target target;
    private final @Nullable String publicUrl;
    private final RequestBody body;
    private Map<String, String> variables = Map.of();
    private Map<String, String> told = Map.of();
    private String template = "";

    Request(ServerRequest helidon, @Nullable String publicUrl, Deadlines deadlines) {
        this.helidon = helidon;
        this.publicUrl = publicUrl;
        this.id = RequestId.of(header(RequestId.HEADER));
        this.target = Target.of(helidon.prologue().uriPath().rawPath());
        this.body = new RequestBody(helidon, deadlines);
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
        return target.path();
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

    void enter(String routeTemplate, Map<String, String> routeVariables) {
        template = routeTemplate;
        variables = routeVariables;
    }

    /// The route's path with its variables' names, for counting; empty where no route was found.
    String template() {
        return template;
    }

    /// Headers for the answer, whatever it will be: a gate tells the caller's rate limits here.
    public void tell(Map<String, String> headers) {
        told = headers;
    }

    Map<String, String> told() {
        return told;
    }

    /// The one value of a header, or null. Several lines of it are joined by commas, as RFC 9110 5.3 has it.
    public @Nullable String header(String name) {
        return header(KnownHeaders.named(name));
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
        Optional<Header> header = helidon.headers().find(KnownHeaders.named(name));
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
        if (publicUrl != null) {
            return publicUrl;
        }
        var authority = target.authority() == null ? helidon.authority() : target.authority();
        return (helidon.isSecure() ? "https://" : "http://") + authority;
    }

    /// The address of this very request, absolute: what `links.self` of a document says.
    public String url() {
        return query().isEmpty() ? origin() + path() : origin() + path() + "?" + PercentEncoding.mend(query());
    }

    boolean hasBody() {
        return body.isSent();
    }

    /// The whole body; empty for none. Refuses with 413 what is longer than 1 MiB.
    public byte[] body() {
        return body.bytes();
    }

    /// The body of a page's form, by the names of its fields.
    public Form form() {
        return Form.read(header("Content-Type"), body());
    }

    /// A parameter of the query, decoded as a form's fields are; null where there is none.
    public @Nullable String parameter(String name) {
        return Form.fields(query()).get(name);
    }

    /// Who is told when the body comes too late, while somebody still waits for it.
    void whenLate(Consumer<Refusal> answer) {
        body.whenLate(answer);
    }

    /// Whether the connection may serve another request after this one.
    boolean mayGoOn() {
        return body.canSettle() && !helidon.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /// Reads what is left of a small body after the answer; false if it does not come.
    boolean settle() {
        return body.settle();
    }

    /// Reads and forgets what is left of the body, within reason, so that a client that still sends gets the answer.
    void dropRest() {
        body.drop();
    }

    /// Refuses a header with 400 `bad_header`.
    public static Refusal badHeader(String name, String detail) {
        return new Refusal(ErrorCode.BAD_HEADER, detail, Source.header(name));
    }
}
