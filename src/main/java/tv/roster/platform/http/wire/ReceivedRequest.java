package tv.roster.platform.http.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.RequestId;
import tv.roster.platform.http.Route;
import tv.roster.platform.http.limits.Buffers;
import tv.roster.platform.http.limits.Slots;
import tv.roster.platform.http.receiving.BodyStream;
import tv.roster.platform.http.receiving.RequestBody;
import tv.roster.platform.http.receiving.Target;

/// A request that has arrived on a connection, and what it takes of the server's memory.
final class ReceivedRequest extends Request implements BodyStream.Source {
    /// Bytes of a body or a response that need no leave.
    private static final long SMALL = 1 << 17;

    private final HttpRequest head;
    private final Target target;
    private final RequestBody body;
    private final Connection connection;
    private byte[] content = {};
    private @Nullable BodyStream stream;
    private int reserved;
    private byte @Nullable [] lent;
    private @Nullable String origin;

    ReceivedRequest(HttpRequest head, Target target, RequestBody body, Connection connection) {
        super(header(head, RequestId.HEADER));
        this.head = head;
        this.target = target;
        this.body = body;
        this.connection = connection;
    }

    private static @Nullable String header(HttpRequest head, String name) {
        var values = head.headers().valueStringIterator(name);
        if (!values.hasNext()) {
            return null;
        }
        var first = values.next();
        return values.hasNext() ? String.join(", ", head.headers().getAll(name)) : first;
    }

    @Override
    public String method() {
        return head.method().name();
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public String query() {
        return target.query();
    }

    @Override
    public @Nullable String header(String name) {
        return header(head, name);
    }

    @Override
    public List<String> headerLines(String name) {
        return head.headers().getAll(name);
    }

    @Override
    public InetAddress peer() {
        if (connection.peer() instanceof InetSocketAddress address) {
            return address.getAddress();
        }
        throw new IllegalStateException("The peer has no internet address");
    }

    @Override
    public String origin() {
        if (origin == null) {
            var authority = target.authority() == null ? head.headers().get(HttpHeaderNames.HOST) : target.authority();
            origin = connection.originFor(authority);
        }
        return origin;
    }

    /// Where its owner is counted ([Slots]).
    int party() {
        return owner() == null ? Slots.NONE : Slots.of(owner().hashCode());
    }

    /// Whether it came over TLS.
    boolean isSecure() {
        return connection.isSecure();
    }

    @Override
    public boolean hasBody() {
        return body.isSent();
    }

    @Override
    public byte[] body() {
        if (stream != null) {
            throw new IllegalStateException("The body of this route is a stream");
        }
        return content;
    }

    @Override
    public InputStream stream() {
        if (stream == null) {
            throw new IllegalStateException("The body of this route is not a stream");
        }
        return stream;
    }

    @Override
    public long received() {
        return stream == null ? content.length : stream.arrived();
    }

    /// Makes the body ready as the route wants it: waits for all of it, or for nothing if it is streamed. Refuses with
    /// 413 one that is longer than the route takes; a stream does when it is read.
    void receive(Route.Body wanted) {
        if (wanted.streamed()) {
            stream = new BodyStream(body, wanted.most(), this);
        } else if (wanted.most() > 0 && hasBody()) {
            int most = (int) wanted.most();
            content = body.whole(most, () -> connection.ask(body, most, party()));
        }
    }

    @Override
    public void ask() {
        connection.ask(body, Objects.requireNonNull(stream), party());
    }

    @Override
    public void freed(int bytes) {
        connection.freed(body, bytes);
    }

    @Override
    public void reserve(long bytes) {
        if (bytes > SMALL) {
            reserved += connection.memory().take(bytes, party());
        }
    }

    @Override
    public void reserveMore(long bytes) {
        if (bytes > SMALL) {
            reserved += connection.memory().takeNow(bytes, party());
        }
    }

    @Override
    public byte[] buffer(int expectedBytes) {
        if (expectedBytes > Buffers.LENGTH || lent != null) {
            return new byte[expectedBytes];
        }
        lent = connection.buffers().take();
        return lent;
    }

    /// Gives back what was reserved and lent, when the response has gone or never will.
    void release() {
        if (reserved > 0) {
            connection.memory().giveBack(reserved, party());
            reserved = 0;
        }
        if (lent != null) {
            connection.buffers().giveBack(lent);
            lent = null;
        }
    }

    /// Whether its client understands chunks.
    boolean speaksChunks() {
        return head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    /// Whether the connection may serve another request after this one.
    boolean mayGoOn() {
        return body.canSettle() && keepsConnection();
    }

    /// The same while the body is being read: whether all of it will be is not known yet.
    boolean mightGoOn() {
        return (body.isStreamed() || body.canSettle()) && keepsConnection();
    }

    private boolean keepsConnection() {
        return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }
}
