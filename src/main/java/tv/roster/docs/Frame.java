package tv.roster.docs;

import tv.roster.platform.http.Response;
import tv.roster.platform.templates.Mark;
import tv.roster.platform.templates.Stylesheet;

/// What all pages for people have in common: head, navigation, and a policy that allows nothing from other origins.
final class Frame {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%1$s</title>
            <link rel="icon" href="/pages/icon.svg">
            <link rel="stylesheet" href="%4$s">
            <link rel="stylesheet" href="%5$s">
            %2$s</head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            <header><nav aria-label="Pages"><a class="wordmark" href="/">%6$s</a>
            <a href="/docs">Try the API</a> <a href="/guides">Guides</a> <a href="/errors">Errors</a>
            <a href="/openapi.yaml">OpenAPI</a></nav></header>
            %3$s
            </body>
            </html>
            """;

    static final Stylesheet LAYOUT = Stylesheet.of(Frame.class, "style");

    private Frame() {}

    /// A page; `title` is plain text, `body` is HTML.
    static Response page(String title, String body) {
        return page(title, "", main(body), POLICY);
    }

    private static String main(String body) {
        return "<main id=\"content\">\n" + body + "\n</main>";
    }

    /// A page that runs a script of Roster's own; its images may be inlined in its stylesheet.
    static Response page(String title, String head, String body) {
        return page(title, head, main(body), POLICY + "; img-src 'self' data:");
    }

    /// The same for a page whose script makes the landmark `main`.
    static Response pageOfScript(String title, String head, String body) {
        var content = "<div id=\"content\" class=\"main\">\n" + body + "\n</div>";
        return page(title, head, content, POLICY + "; img-src 'self' data:");
    }

    private static Response page(String title, String head, String body, String policy) {
        var fullTitle = title.equals("Roster") ? title : title + " · Roster";
        var page = PAGE.formatted(
                Markup.escape(fullTitle), head, body, Stylesheet.BASE.path(), LAYOUT.path(), Mark.WITH_NAME);
        return Response.html(200, page).with("Content-Security-Policy", policy).with("Cache-Control", "no-cache");
    }
}
