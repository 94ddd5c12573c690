package tv.roster.platform.jsonapi;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.Cursor;

/// The links of a page: `self`, `first`, `prev` and `next`, the last two null where there is no such page.
public final class PageLinks {
    private final Request request;
    private final Query query;
    private final Page page;
    private final Function<Cursor, String> seal;

    /// `seal` makes the text of a place in this list.
    public PageLinks(Request request, Query query, Page page, Function<Cursor, String> seal) {
        this.request = request;
        this.query = query;
        this.page = page;
        this.seal = seal;
    }

    /// The places of the first and the last resource of a page.
    public record Ends(Cursor first, Cursor last) {}

    /// Writes the member `links`. `more` says that the list goes on beyond the page in the direction it was read;
    /// `ends` is null for an empty page, and `end` a place behind everything in the list. Where the client came
    /// from, there is a page to go back to; from an empty page that is the last one, or the first.
    public void write(JsonWriter json, boolean more, @Nullable Ends ends, Cursor end) {
        boolean hasPrevious = page.backwards() ? more : page.after() != null;
        boolean hasNext = page.backwards() || more;
        var first = url("", null);
        var next = ends == null ? first : url("page[after]", ends.last());
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", request.url());
        json.writeStringProperty("first", first);
        link(json, "prev", hasPrevious ? url("page[before]", ends == null ? end : ends.first()) : null);
        link(json, "next", hasNext ? next : null);
        json.writeEndObject();
    }

    private static void link(JsonWriter json, String name, @Nullable String url) {
        if (url == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, url);
        }
    }

    private String url(String parameter, @Nullable Cursor place) {
        var text = query.with(parameter, place == null ? "" : seal.apply(place));
        return request.origin() + request.path() + (text.isEmpty() ? "" : "?" + text);
    }
}
