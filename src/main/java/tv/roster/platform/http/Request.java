package tv.roster.platform.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Places;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.text.PercentEncoding;

/// One request as the features see it: raw path and query, the route's variables, headers, and the body's bytes.
public final class Request {
    /// Bytes of a body or an answer that need no leave.
    private static final long SMALL = 1 << 17;

    private final HttpRequest head;
    private final RequestBody body;
    private final Connection connection;
    private final MemoryBudget memory;
    private final Buffers buffers;
    private final SocketAddress peer;
    private final SocketAddress local;
    private final boolean secure;
    private final Origin links;
    private final String id;
    private final Target target;
    private Map<String, String> variables = Map.of();
    private Map<String, String> told = Map.of();
    private String template = "";
    private Places places = Places.NONE;
    private byte[] content = {};
    private int reserved;
    private int owner = Slots.NONE;
    private byte @Nullable [] lent;
    private @Nullable String origin;

    Request(
            HttpRequest head,
            Target target,
            RequestBody body,
            Connection connection,
            MemoryBudget memory,
            Buffers buffers,
            SocketAddress peer,
            SocketAddress local,
            boolean secure,
            Origin links) {
        this.head = head;
        this.body = body;
        this.connection = connection;
        this.memory = memory;
        this.buffers = buffers;
        this.peer = peer;
        this.local = local;
        this.secure = secure;
        this.links = links;
        this.id = RequestId.of(header(RequestId.HEADER));
        this.target = target;
    }

    /// The client's `X-Request-Id`, or one of our own.
    public String id() {
        return id;
    }

    public String method() {
        return head.method().name();
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
        return target.query();
    }

    /// A variable of the route's path, decoded.
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no {" + name + "}");
        }
        return value;
    }

    void enter(String routeTemplate, Map<String, String> routeVariables, Places routePlaces) {
        template = routeTemplate;
        variables = routeVariables;
        places = routePlaces;
    }

    /// Where the members that refusals blame are in this request.
    Places places() {
        return places;
    }

    /// The route's path with its variables' names, for counting; empty where no route was found.
    String template() {
        return template;
    }

    /// Says whose it is, before anything is taken for it.
    void belongsTo(@Nullable Object whom) {
        owner = whom == null ? Slots.NONE : Slots.of(whom.hashCode());
    }

    /// Where its owner is counted ([Slots]).
    int owner() {
        return owner;
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
        var values = head.headers().valueStringIterator(name);
        if (!values.hasNext()) {
            return null;
        }
        var first = values.next();
        return values.hasNext() ? String.join(", ", head.headers().getAll(name)) : first;
    }

    /// Each line of a header that may come several times.
    public List<String> headerLines(String name) {
        return head.headers().getAll(name);
    }

    /// The socket's other end.
    public InetAddress peer() {
        if (peer instanceof InetSocketAddress address) {
            return address.getAddress();
        }
        throw new IllegalStateException("The peer has no internet address");
    }

    /// Where links begin: the configured public URL, or else the request's own scheme and `Host`. No slash at its end.
    public String origin() {
        if (origin == null) {
            var authority = target.authority() == null ? head.headers().get(HttpHeaderNames.HOST) : target.authority();
            origin = links.of(secure, authority, local);
        }
        return origin;
    }

    /// The address of this very request, absolute: what `links.self` of a document says.
    public String url() {
        return query().isEmpty() ? origin() + path() : origin() + path() + "?" + PercentEncoding.mend(query());
    }

    /// Whether it came over TLS.
    boolean isSecure() {
        return secure;
    }

    boolean hasBody() {
        return body.isSent();
    }

    /// The whole body; empty for none, and for a route that takes none.
    public byte[] body() {
        return content;
    }

    /// Waits for the body. Refuses with 413 what is longer than this.
    void receive(int most) {
        if (most > 0) {
            content = body.whole(most, () -> connection.ask(body, most, owner));
        }
    }

    /// Says that the body or the answer will take so many bytes. Where they are many, waits until the server has room
    /// for them, or refuses with 503; the room is given back when the answer has gone.
    public void reserve(long bytes) {
        if (bytes > SMALL) {
            reserved += memory.take(bytes, owner);
        }
    }

    /// Says that it will take so many bytes more than was reserved. Does not wait: who holds some and waits for more
    /// could wait for others that do the same.
    public void reserveMore(long bytes) {
        if (bytes > SMALL) {
            reserved += memory.takeNow(bytes, owner);
        }
    }

    /// An array for an answer of about so many bytes, once. What was in it before is still there; it is given back when
    /// the answer has gone.
    public byte[] buffer(int expectedBytes) {
        if (expectedBytes > Buffers.LENGTH || lent != null) {
            return new byte[expectedBytes];
        }
        lent = buffers.take();
        return lent;
    }

    /// Gives back what was reserved and lent, when the answer has gone or never will.
    void release() {
        if (reserved > 0) {
            memory.giveBack(reserved, owner);
            reserved = 0;
        }
        if (lent != null) {
            buffers.giveBack(lent);
            lent = null;
        }
    }

    /// The body of a page's form, by the names of its fields.
    public Form form() {
        return Form.read(header("Content-Type"), body());
    }

    /// A parameter of the query, decoded as a form's fields are; null where there is none.
    public @Nullable String parameter(String name) {
        return Form.fields(query()).get(name);
    }

    /// Whether the connection may serve another request after this one.
    boolean mayGoOn() {
        return body.canSettle()
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }

    /// Refuses a header with 400 `bad_header`.
    public static Refusal badHeader(String name, String detail) {
        return new Refusal(ErrorCode.BAD_HEADER, detail, Source.header(name));
    }
}
