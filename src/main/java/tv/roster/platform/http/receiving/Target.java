package tv.roster.platform.http.receiving;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request line asks for (RFC 9112, section 3.2): a path, the query without its question mark, and the authority
/// where a client sends the whole address, which then counts in place of `Host`. A fragment is not for servers, and is
/// left out.
public record Target(String path, String query, @Nullable String authority) {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._~-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;

    /// The last one that was good: nearly always the next one, too.
    private static volatile String latestAuthority = "";

    public static Target of(String raw) {
        int fragment = raw.indexOf('#');
        var whole = fragment < 0 ? raw : raw.substring(0, fragment);
        int question = whole.indexOf('?');
        var query = question < 0 ? "" : whole.substring(question + 1);
        return of(question < 0 ? whole : whole.substring(0, question), query);
    }

    private static Target of(String address, String query) {
        int start = address.startsWith("/") ? 0 : schemeLength(address);
        if (start == 0) {
            return new Target(address, query, null);
        }
        int slash = address.indexOf('/', start);
        var authority = address.substring(start, slash < 0 ? address.length() : slash);
        return new Target(slash < 0 ? "/" : address.substring(slash), query, authority);
    }

    /// Whether it is a target in a form that this method may have.
    public boolean suits(String method) {
        return path.startsWith("/")
                ? authority == null || isAuthority(authority)
                : path.equals("*") && method.equals("OPTIONS");
    }

    private static int schemeLength(String raw) {
        for (var scheme : new String[] {"http://", "https://"}) {
            if (raw.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return 0;
    }

    /// Whether it is a host, with or without a port, that links can be made of.
    public static boolean isAuthority(CharSequence text) {
        if (latestAuthority.contentEquals(text)) {
            return true;
        }
        var authority = AUTHORITY.matcher(text);
        boolean good = authority.matches()
                && (authority.group(1) == null || Integer.parseInt(authority.group(1)) <= HIGHEST_PORT);
        if (good) {
            latestAuthority = text.toString();
        }
        return good;
    }
}
