package tv.roster.platform.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Where the absolute links of a response begin.
///
/// @param fixed  the same for every request, without a slash at its end; null: the request decides
/// @param scheme of the other port, where links have another one than the request came to; null: the request's own
/// @param port   that other port
public record Origin(@Nullable String fixed, @Nullable String scheme, int port) {
    /// The scheme and the `Host` of each request.
    public static final Origin OF_THE_REQUEST = new Origin(null, null, 0);

    /// The same for every request, such as a public URL.
    public static Origin at(String url) {
        return new Origin(url, null, 0);
    }

    /// The host of the request, but another port of it.
    public static Origin onPort(String scheme, int port) {
        return new Origin(null, scheme, port);
    }

    /// For a request; one without a usable authority came to the address `local`.
    public String of(boolean secure, @Nullable String authority, SocketAddress local) {
        if (fixed != null) {
            return fixed;
        }
        var named = authority == null ? text(local) : authority;
        return scheme == null
                ? (secure ? "https://" : "http://") + named
                : scheme + "://" + withoutPort(named) + ":" + port;
    }

    private static String text(SocketAddress local) {
        if (!(local instanceof InetSocketAddress address)) {
            return "localhost";
        }
        var host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        var name = zone < 0 ? host : host.substring(0, zone);
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort();
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }
}
