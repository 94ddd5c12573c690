package tv.roster.console.pages;

import tv.roster.platform.http.Request;

/// Links between pages. They are relative, since a proxy may have placed the server below another path.
final class Links {
    /// Pages are not deeper than this.
    private static final int DEEPEST = 12;

    private Links() {}

    /// The link from the page of a request to an absolute path of this server.
    static String from(Request request, String path) {
        long levels = request.path().chars().filter(c -> c == '/').count() - 1;
        return levels > DEEPEST ? path : "../".repeat((int) Math.max(0, levels)) + path.substring(1);
    }
}
