package tv.roster.platform.jsonapi;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.Cursor;

/// The links of a page: `self`, `first`, `prev` and `next`; the last two are null if there is no such page.
///
/// @param more whether the list continues after the page in the direction of reading
/// @param ends the positions of the first and the last resource; null for an empty page
/// @param end  a position after the whole list
public record PageLinks(
        Request request,
        Query query,
        Page page,
        boolean more,
        @Nullable Ends ends,
        Cursor end) implements Consumer<JsonWriter> {
    /// The positions of the first and the last resource of a page.
    public record Ends(Cursor first, Cursor last) {}

    /// Creates the links of a page; `read` contains one resource more than the page if the list continues.
    public static <T> PageLinks of(
            Request request, Query query, Page page, List<T> read, Function<T, Cursor> place, Cursor end) {
        var rows = page.cut(read);
        var ends = rows.isEmpty() ? null : new Ends(place.apply(rows.getFirst()), place.apply(rows.getLast()));
        return new PageLinks(request, query, page, rows.size() < read.size(), ends, end);
    }

    /// Writes the members. In the direction that the client comes from, there is always a page; for an empty page,
    /// that is the last or the first page of the list.
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
