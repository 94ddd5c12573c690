package tv.roster.platform.templates;

import tv.roster.platform.http.Answer;

/// Pages that hold a secret, or act on one: they load nothing but the stylesheet, run no script, are shown in no frame,
/// and kept in no cache. That they tell their address to nobody is so for every page.
public final class SafePage {
    private static final String POLICY =
            "default-src 'none'; style-src %s; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SafePage() {}

    public static Answer html(int status, String page) {
        return html(status, page, POLICY.formatted("'self'"));
    }

    /// A mail, which brings its styles along because mail programs load no stylesheets.
    public static Answer mail(String page) {
        return html(200, page, POLICY.formatted("'unsafe-inline'"));
    }

    private static Answer html(int status, String page, String policy) {
        return Answer.html(status, page)
                .with("Content-Security-Policy", policy)
                .with("Cache-Control", "no-store")
                .with("X-Robots-Tag", "noindex, nofollow");
    }
}
