package tv.roster.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes back to the client: a status, headers in the order they were given, and the body: its bytes (empty for
/// none), or who writes it while it is sent. The map of headers is taken over, not copied.
///
/// @param writer writes the body; null where its bytes are there
public record Response(
        int status,
        Map<String, String> headers,
        ByteBuffer body,
        @Nullable BodyWriter writer) {
    /// Nothing at all.
    public static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private static final int LAST_INTERIM = 199;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /// Writes a body of any length, on the request's thread, and with its place.
    ///
    /// `write` waits for a client that is behind, and throws an `IOException` if it has left: let that pass. What
    /// is thrown before the first 32 KiB are full or flushed becomes the response, as if the handler had thrown it;
    /// after that, the connection is closed, so that the client sees that the body is not whole. There is no need
    /// to close the stream.
    @FunctionalInterface
    public interface BodyWriter {
        void write(OutputStream body) throws IOException;
    }

    public Response {
        headers = Collections.unmodifiableMap(headers);
        if (writer != null && isBodiless(status)) {
            throw new IllegalArgumentException("A response with status " + status + " has no body");
        }
    }

    public Response(int status, Map<String, String> headers, ByteBuffer body) {
        this(status, headers, body, null);
    }

    public Response(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, ByteBuffer.wrap(body));
    }

    /// A response whose body is written while it is sent. For HEAD the writer is not run.
    public static Response stream(int status, Map<String, String> headers, BodyWriter writer) {
        return new Response(status, headers, NO_BODY, writer);
    }

    /// A page for people.
    public static Response html(int status, String page) {
        return new Response(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
    }

    /// A response without a body, such as 204 or 304.
    public static Response empty(int status) {
        return new Response(status, Map.of(), NO_BODY);
    }

    /// Whether a response with this status never has a body (RFC 9110, section 6.4.1).
    public static boolean isBodiless(int status) {
        return status <= LAST_INTERIM || status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /// The bytes of the body.
    ///
    /// @throws IllegalStateException if it is streamed: such a response cannot be kept and given again
    @Override
    public ByteBuffer body() {
        if (writer != null) {
            throw new IllegalStateException("The body of this response is streamed; its bytes cannot be kept");
        }
        return body;
    }

    public Response with(String header, String value) {
        if (value.equals(headers.get(header))) {
            return this;
        }
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return withHeaders(more);
    }

    /// The same with these headers alone.
    public Response withHeaders(Map<String, String> others) {
        return new Response(status, others, body, writer);
    }
}
