package tv.roster.platform.http.receiving;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// What is refused before there is a request: broken request lines, headers or framing.
public final class Unreadable {
    private Unreadable() {}

    public static Refusal lateHeaders() {
        return new Refusal(ErrorCode.REQUEST_TIMEOUT, "The headers did not arrive in time.");
    }

    static Refusal lateBody() {
        return new Refusal(ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time.");
    }

    static Refusal brokenChunks() {
        return Request.badHeader("Transfer-Encoding", "The body does not come in chunks as the header says.");
    }

    public static Refusal noRequest() {
        return new Refusal(ErrorCode.BAD_HEADER, "This is no HTTP/1.1 request that can be read.");
    }

    /// What is wrong with a request's line or headers, or null. HTTP/1.0 is good where `old` says so.
    public static @Nullable Refusal fault(HttpRequest head, Target target, boolean old) {
        if (head.decoderResult().isFailure()) {
            return meaning(head.decoderResult().cause());
        }
        boolean isOld = old && head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (!isOld && !head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return new Refusal(
                    ErrorCode.BAD_HEADER,
                    head.protocolVersion() + " is not served; use HTTP/1.1 (for nginx as a proxy: proxy_http_version"
                            + " 1.1).");
        }
        if (!target.suits(head.method().name())) {
            return new Refusal(
                    ErrorCode.BAD_HEADER,
                    "The request line asks neither for a path nor for an http:// or https:// address.");
        }
        var hosts = head.headers().valueCharSequenceIterator(HttpHeaderNames.HOST);
        boolean named = hosts.hasNext();
        if (named ? !Target.isAuthority(hosts.next()) || hosts.hasNext() : !isOld) {
            return Request.badHeader("Host", "Send one Host header that names the host.");
        }
        var encoding = head.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
        if (encoding != null && !isChunkedAlone(head, encoding)) {
            return Request.badHeader("Transfer-Encoding", "The only transfer encoding served is chunked.");
        }
        return null;
    }

    private static boolean isChunkedAlone(HttpRequest head, String first) {
        return first.equalsIgnoreCase("chunked")
                && head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1;
    }

    private static Refusal meaning(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException e ->
                new Refusal(ErrorCode.URI_TOO_LONG, "The request line has more than 64 KiB.");
            case HeadRules.TooManyHeaders e ->
                new Refusal(ErrorCode.HEADER_TOO_LARGE, "There are more than " + HeadRules.MOST_HEADERS + " headers.");
            case TooLongHttpHeaderException e ->
                new Refusal(ErrorCode.HEADER_TOO_LARGE, "The headers have more than 16 KiB.");
            default -> noRequest();
        };
    }

    /// A body that ended too early; `header` said that there would be more.
    static Refusal cutShort(String header) {
        return Request.badHeader(header, "The body ended before its end.");
    }
}
