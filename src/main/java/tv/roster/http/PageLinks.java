package tv.roster.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tv.roster.jsonapi.Cursor;
import tv.roster.jsonapi.Page;
import tv.roster.jsonapi.Query;

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
    /// `ends` is null for an empty page. Where the client came from, there is a page to go back to.
    public void write(JsonGenerator json, boolean more, @Nullable Ends ends) {
        boolean hasNext = page.backwards() ? ends != null : more;
        boolean hasPrevious = page.backwards() ? more : ends != null && page.after() != null;
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", request.url());
        json.writeStringProperty("first", url("", null));
        link(json, "prev", hasPrevious && ends != null ? url("page[before]", ends.first()) : null);
        link(json, "next", hasNext && ends != null ? url("page[after]", ends.last()) : null);
        json.writeEndObject();
    }

    private static void link(JsonGenerator json, String name, @Nullable String url) {
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
