package tv.roster.console.pages;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.console.calls.ApiCall;
import tv.roster.platform.http.Request;
import tv.roster.values.text.PercentEncoding;

/// The pages of a list: those of the call behind it, with the same cursors.
public final class PageLinks {
    private static final String AFTER = "page[after]";
    private static final String BEFORE = "page[before]";

    private PageLinks() {}

    /// The call for the page that the request asks for with `after` or `before`.
    public static ApiCall of(ApiCall call, Request request, int size) {
        var sized = call.with("page[size]", Integer.toString(size));
        var after = request.parameter("after");
        var before = request.parameter("before");
        if (after != null) {
            return sized.with(AFTER, after);
        }
        return before == null ? sized : sized.with(BEFORE, before);
    }

    /// The link to the page that the document calls `relation` (`prev` or `next`), with the other parameters of this
    /// page; null if there is none.
    public static @Nullable String to(JsonNode document, String relation, String otherParameters) {
        var link = document.path("links").path(relation);
        if (!link.isString()) {
            return null;
        }
        for (var pair :
                link.asString().substring(link.asString().indexOf('?') + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? null : PercentEncoding.decode(pair.substring(0, equals));
            if (AFTER.equals(name) || BEFORE.equals(name)) {
                var others = otherParameters.isEmpty() ? "" : otherParameters + "&";
                return "?" + others + (AFTER.equals(name) ? "after=" : "before=") + pair.substring(equals + 1);
            }
        }
        return null;
    }
}
