package tv.roster.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request line asks for (RFC 9112, section 3.2): a path, and the authority where a client sends the whole
/// address, which then counts in place of `Host`.
record Target(String path, @Nullable String authority) {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._~-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    static Target of(String raw) {
        if (raw.startsWith("/")) {
            return new Target(raw, null);
        }
        int start = schemeLength(raw);
        if (start == 0) {
            return new Target(raw, null);
        }
        int slash = raw.indexOf('/', start);
        var authority = raw.substring(start, slash < 0 ? raw.length() : slash);
        return isAuthority(authority)
                ? new Target(slash < 0 ? "/" : raw.substring(slash), authority)
                : new Target(raw, null);
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
    static boolean isAuthority(String text) {
        return AUTHORITY.matcher(text).matches();
    }
}
