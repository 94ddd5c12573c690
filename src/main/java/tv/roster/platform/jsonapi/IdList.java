package tv.roster.platform.jsonapi;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.Cursor;

/// A list in the order of its ids, in pages according to JSON:API's cursor pagination profile.
///
/// @param name   what a cursor is bound to: the list and its filters
/// @param total  counts the whole list; null if that costs too much, so that `page[total]` is rejected
/// @param end    an id after all others: the largest, or the smallest for a list with the newest first
/// @param id     returns the id of a resource
/// @param writer writes a resource object
public record IdList<T>(
        String name,
        Reading<T> reading,
        @Nullable LongSupplier total,
        UUID end,
        Function<T, UUID> id,
        BiConsumer<JsonWriter, T> writer) {
    /// Greater than every id, and less than every id.
    public static final UUID LARGEST = new UUID(-1, -1);

    public static final UUID SMALLEST = new UUID(0, 0);

    /// Reads up to `limit` resources after the one with the id `from`, or before it with `backwards`: those nearest
    /// to `from`, always in the order of the list.
    @FunctionalInterface
    public interface Reading<T> {
        List<T> read(@Nullable UUID from, boolean backwards, int limit);
    }

    /// The requested page. The list's own parameters must have been taken from `query`; the remaining ones are
    /// rejected.
    public Response response(Request request, Query query, Cursors cursors) {
        var page = Page.of(query, cursors, name);
        query.refuseUnknown();
        if (page.withTotal() && total == null) {
            throw Query.bad("page[total]", "This list is not counted.");
        }
        var from = page.from();
        var read = reading.read(from == null ? null : from.id(), page.backwards(), page.size() + 1);
        return new Document(
                        PageLinks.of(request, query, page, read, this::cursor, new Cursor(null, end)),
                        page.withTotal() && total != null ? total.getAsLong() : null,
                        Document.array(page.cut(read), writer),
                        null)
                .page();
    }

    private Cursor cursor(T row) {
        return new Cursor(null, id.apply(row));
    }
}
