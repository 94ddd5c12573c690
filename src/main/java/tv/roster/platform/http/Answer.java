package tv.roster.platform.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What goes back to the client: a status, headers in the order they were given, and the body's bytes (empty for none).
/// The map of headers is taken over, not copied.
public record Answer(int status, Map<String, String> headers, ByteBuffer body) {
    /// Nothing at all.
    public static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    public Answer {
        headers = Collections.unmodifiableMap(headers);
    }

    public Answer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, ByteBuffer.wrap(body));
    }

    /// A page for people.
    public static Answer html(int status, String page) {
        return new Answer(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
    }

    /// An answer without a body, such as 204 or 304.
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), NO_BODY);
    }

    public Answer with(String header, String value) {
        if (value.equals(headers.get(header))) {
            return this;
        }
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
