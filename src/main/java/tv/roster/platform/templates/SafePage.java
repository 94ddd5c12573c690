package tv.roster.platform.templates;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Response;
import tv.roster.values.brands.BrandUrl;

/// Pages that contain a secret, or act on one: they load nothing but stylesheets, the icon and possibly a logo, run no
/// scripts, cannot be framed, and are not cached. The `Referrer-Policy` of all pages keeps their address secret.
public final class SafePage {
    private static final String POLICY =
            "default-src 'none'; style-src %s; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SafePage() {}

    public static Response html(int status, String page) {
        return html(status, page, null);
    }

    /// A page that takes its logo from the origin of another server; null for a page without a logo.
    public static Response html(int status, String page, @Nullable BrandUrl logo) {
        var origin = logo == null ? "" : " " + logo.origin();
        return response(status, page, POLICY.formatted("'self'") + "; img-src 'self'" + origin);
    }

    /// A mail, which contains its styles because mail programs load no stylesheets.
    public static Response mail(String page) {
        return response(200, page, POLICY.formatted("'unsafe-inline'"));
    }

    private static Response response(int status, String page, String policy) {
        return Response.html(status, page)
                .with("Content-Security-Policy", policy)
                .with("Cache-Control", "no-store")
                .with("X-Robots-Tag", "noindex, nofollow");
    }
}
