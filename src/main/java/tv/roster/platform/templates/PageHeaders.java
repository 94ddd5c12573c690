package tv.roster.platform.templates;

import java.util.HashMap;
import java.util.Map;
import tv.roster.platform.http.Response;

/// The headers that prevent a page from being framed, or from loading resources of other origins. A page that needs
/// different ones sets them itself.
final class PageHeaders {
    private static final Map<String, String> DEFAULTS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private PageHeaders() {}

    static Response on(Response response) {
        var headers = new HashMap<>(DEFAULTS);
        headers.putAll(response.headers());
        return response.withHeaders(headers);
    }
}
