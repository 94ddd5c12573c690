package tv.roster.platform.outgoing;

/// Where requests go.
///
/// @param tls  whether the connection is encrypted
/// @param host a name, or an address without brackets
/// @param path the path with the query
public record Destination(boolean tls, String host, int port, String path) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// The port that a URL without one stands for.
    public static int usualPort(boolean tls) {
        return tls ? HTTPS : HTTP;
    }

    /// The value of the header `Host`.
    String authority() {
        var name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == usualPort(tls) ? name : name + ":" + port;
    }
}
