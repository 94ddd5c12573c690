package tv.roster.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Takes `Content-Length: 0` from 204 (which must not have it, RFC 9110, section 8.6) and from 304 (where it would say
/// that the stored answer is empty). The HTTP library adds it to both; every other answer has a body.
final class Bodiless implements Http1ConnectionListener {
    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        if (headers instanceof WritableHeaders<?> writable
                && !headers.contains(HeaderNames.CONTENT_TYPE)
                && headers.contains(HeaderValues.CONTENT_LENGTH_ZERO)) {
            writable.remove(HeaderNames.CONTENT_LENGTH);
        }
    }
}
