package tv.roster.platform.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Places;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.text.PercentEncoding;

/// One request as the features see it: raw path and query, the route's variables, headers, and the body's bytes. How it
/// arrived is known to the subclass alone.
public abstract class Request {
    private final String id;
    private Map<String, String> variables = Map.of();
    private Map<String, String> told = Map.of();
    private String template = "";
    private Places places = Places.NONE;
    private @Nullable Object owner;
    private @Nullable Object caller;

    /// `sentId` is the value of `X-Request-Id`, or null.
    protected Request(@Nullable String sentId) {
        id = RequestId.of(sentId);
    }

    /// The client's `X-Request-Id`, or one of our own.
    public final String id() {
        return id;
    }

    public abstract String method();

    /// The method whose route serves this request: HEAD is served as GET.
    public final String routedMethod() {
        return method().equals("HEAD") ? "GET" : method();
    }

    /// The path as sent, still percent-encoded.
    public abstract String path();

    /// The query as sent, without its question mark; empty for none.
    public abstract String query();

    /// A variable of the route's path, decoded.
    public final String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no {" + name + "}");
        }
        return value;
    }

    final void enter(String routeTemplate, Map<String, String> routeVariables, Places routePlaces) {
        template = routeTemplate;
        variables = routeVariables;
        places = routePlaces;
    }

    /// Where the members that refusals blame are in this request.
    public final Places places() {
        return places;
    }

    /// The route's path with its variables' names, for counting; empty where no route was found.
    public final String template() {
        return template;
    }

    final void comesFrom(Object whom) {
        caller = whom;
    }

    /// The caller that the gate of its area has let in; null before that.
    public final @Nullable Object caller() {
        return caller;
    }

    /// Says whose it is, before anything is taken for it.
    final void belongsTo(@Nullable Object whom) {
        owner = whom;
    }

    /// Whose it is, such as a tenant; null if that is not known.
    public final @Nullable Object owner() {
        return owner;
    }

    /// Headers for the response, whatever it will be: a gate reports the caller's rate limits here.
    public final void tell(Map<String, String> headers) {
        told = headers;
    }

    /// The headers that were given to [#tell].
    public final Map<String, String> told() {
        return told;
    }

    /// The one value of a header, or null. Several lines of it are joined by commas, as RFC 9110 5.3 has it.
    public abstract @Nullable String header(String name);

    /// Each line of a header that may come several times.
    public abstract List<String> headerLines(String name);

    /// The socket's other end.
    public abstract InetAddress peer();

    /// Where links begin: the configured public URL, or else the request's own scheme and `Host`. No slash at its end.
    public abstract String origin();

    /// The address of this very request, absolute: what `links.self` of a document says.
    public final String url() {
        return query().isEmpty() ? origin() + path() : origin() + path() + "?" + PercentEncoding.mend(query());
    }

    /// Whether it has a body, even if the handler does not read it.
    public abstract boolean hasBody();

    /// The whole body; empty for none, and for a route that takes none. Not for a route that streams its body.
    public abstract byte[] body();

    /// The body as it arrives, for a route that streams it; empty for none. Its `read` waits for the client, and
    /// refuses a body that is too large, broken, cut short or late: let the refusal pass. It ends with the
    /// response.
    public abstract InputStream stream();

    /// How many bytes of the body have been read so far.
    public abstract long received();

    /// Reserves memory for so many bytes of the body or the response. Where they are many, waits until the server
    /// has room for them, or refuses with 503; the room is given back when the response has gone.
    public abstract void reserve(long bytes);

    /// Reserves so many bytes more than before. Does not wait: a request that holds some and waits for more could
    /// wait for others that do the same.
    public abstract void reserveMore(long bytes);

    /// An array for a response of about so many bytes, once. What was in it before is still there; it is given back
    /// when the response has gone.
    public abstract byte[] buffer(int expectedBytes);

    /// The body of a page's form, by the names of its fields.
    public final Form form() {
        return Form.read(header("Content-Type"), body());
    }

    /// A parameter of the query, decoded as a form's fields are; null where there is none.
    public final @Nullable String parameter(String name) {
        return Form.fields(query()).get(name);
    }

    /// Refuses a header with 400 `bad_header`.
    public static Refusal badHeader(String name, String detail) {
        return new Refusal(ErrorCode.BAD_HEADER, detail, Source.header(name));
    }
}
