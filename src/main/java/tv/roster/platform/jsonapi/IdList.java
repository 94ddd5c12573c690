package tv.roster.platform.jsonapi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.Request;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.Cursor;

/// A list in the order of its ids, answered a page at a time by JSON:API's cursor pagination profile.
///
/// @param name     what a cursor is tied to: the list and its filters
/// @param total    counts the whole list; null where that costs too much, so that `page[total]` is refused
/// @param end      an id behind all others: the largest, or for a list from the newest on, the smallest
/// @param id       of a resource
/// @param writer   writes a resource object
public record IdList<T>(
        String name,
        Reading<T> reading,
        @Nullable LongSupplier total,
        UUID end,
        Function<T, UUID> id,
        BiConsumer<JsonWriter, T> writer) {
    /// Comes after every id, and before every id.
    public static final UUID LARGEST = new UUID(-1, -1);

    public static final UUID SMALLEST = new UUID(0, 0);

    /// Reads up to `limit` resources behind the one with the id `from`, or before it when `backwards`; always in the
    /// list's order, and those nearest to `from`.
    @FunctionalInterface
    public interface Reading<T> {
        List<T> read(@Nullable UUID from, boolean backwards, int limit);
    }

    /// The page that is asked for. The list's own parameters have been taken from `query`; what is left is refused.
    public Answer answer(Request request, Query query, Cursors cursors) {
        var page = Page.of(query, cursors, name);
        query.refuseUnknown();
        if (page.withTotal() && total == null) {
            throw Query.bad("page[total]", "This list is not counted.");
        }
        var from = page.backwards() ? page.before() : page.after();
        var found = reading.read(from == null ? null : from.id(), page.backwards(), page.size() + 1);
        boolean more = found.size() > page.size();
        var rows = !more ? found : page.backwards() ? found.subList(1, found.size()) : found.subList(0, page.size());
        var links = new PageLinks(request, query, page, place -> cursors.seal(place, name));
        var body = Json.write(json -> write(json, page, rows, more, links));
        return DocumentAnswer.page(ByteBuffer.wrap(body));
    }

    private void write(JsonWriter json, Page page, List<T> rows, boolean more, PageLinks links) {
        json.writeStartObject();
        Json.writeVersion(json);
        links.write(
                json,
                more,
                rows.isEmpty() ? null : new PageLinks.Ends(cursor(rows.getFirst()), cursor(rows.getLast())),
                new Cursor(null, end));
        if (page.withTotal() && total != null) {
            json.writeObjectPropertyStart("meta");
            json.writeObjectPropertyStart("page");
            json.writeNumberProperty("total", total.getAsLong());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("data");
        rows.forEach(row -> writer.accept(json, row));
        json.writeEndArray();
        json.writeEndObject();
    }

    private Cursor cursor(T row) {
        return new Cursor(null, id.apply(row));
    }
}
