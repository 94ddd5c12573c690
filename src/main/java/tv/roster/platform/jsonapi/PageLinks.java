package tv.roster.platform.jsonapi;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.Cursor;

/// The links of a page: `self`, `first`, `prev` and `next`, the last two null where there is no such page.
///
/// @param more whether the list goes on beyond the page in the direction in which it was read
/// @param ends the places of the first and the last resource; null for an empty page
/// @param end  a place behind everything in the list
public record PageLinks(
        Request request,
        Query query,
        Page page,
        boolean more,
        @Nullable Ends ends,
        Cursor end) implements Consumer<JsonWriter> {
    /// The places of the first and the last resource of a page.
    public record Ends(Cursor first, Cursor last) {}

    /// Of a page of what was `read`: one resource more than it may hold, if there is one.
    public static <T> PageLinks of(
            Request request, Query query, Page page, List<T> read, Function<T, Cursor> place, Cursor end) {
        var rows = page.cut(read);
        var ends = rows.isEmpty() ? null : new Ends(place.apply(rows.getFirst()), place.apply(rows.getLast()));
        return new PageLinks(request, query, page, rows.size() < read.size(), ends, end);
    }

    /// Writes the members. Where the client came from, there is a page to go back to; from an empty page that is the
    /// last one, or the first.
    @Override
    public void accept(JsonWriter json) {
        boolean hasPrevious = page.backwards() ? more : page.after() != null;
        boolean hasNext = page.backwards() || more;
        var first = url("", null);
        var next = ends == null ? first : url("page[after]", ends.last());
        json.writeStringProperty("self", request.url());
        json.writeStringProperty("first", first);
        link(json, "prev", hasPrevious ? url("page[before]", ends == null ? end : ends.first()) : null);
        link(json, "next", hasNext ? next : null);
    }

    private static void link(JsonWriter json, String name, @Nullable String url) {
        if (url == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, url);
        }
    }

    private String url(String parameter, @Nullable Cursor place) {
        var text = query.with(parameter, place == null ? "" : page.seal().apply(place));
        return request.origin() + request.path() + (text.isEmpty() ? "" : "?" + text);
    }
}
