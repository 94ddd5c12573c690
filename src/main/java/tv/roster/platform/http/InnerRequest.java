package tv.roster.platform.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that the server makes to itself while it handles another one: it comes from the same client, and holds the
/// same memory.
public final class InnerRequest extends Request {
    private final Request outer;
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final Body body;

    /// Its body: the bytes, or where it is streamed the stream, which the caller closes.
    public record Body(byte[] bytes, @Nullable InputStream stream) {
        public static final Body NONE = new Body(new byte[0], null);

        public static Body of(byte[] bytes) {
            return new Body(bytes, null);
        }

        public static Body of(InputStream stream) {
            return new Body(NONE.bytes, stream);
        }
    }

    /// `headers` have names in lower case; `query` is encoded, without its question mark.
    public InnerRequest(
            Request outer, String method, String path, String query, Map<String, String> headers, Body body) {
        super(outer.id());
        this.outer = outer;
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<String> headerLines(String name) {
        var value = header(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public InetAddress peer() {
        return outer.peer();
    }

    @Override
    public String origin() {
        return outer.origin();
    }

    @Override
    public boolean hasBody() {
        return body.stream() != null || body.bytes().length > 0;
    }

    @Override
    public byte[] body() {
        return body.bytes();
    }

    @Override
    public InputStream stream() {
        return body.stream() == null ? InputStream.nullInputStream() : body.stream();
    }

    @Override
    public long received() {
        return outer.received();
    }

    @Override
    public void reserve(long bytes) {
        outer.reserve(bytes);
    }

    @Override
    public void reserveMore(long bytes) {
        outer.reserveMore(bytes);
    }

    /// An array of its own: the one of the outer request is for the outer response.
    @Override
    public byte[] buffer(int expectedBytes) {
        return new byte[expectedBytes];
    }
}
