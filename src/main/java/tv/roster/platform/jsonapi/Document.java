package tv.roster.platform.jsonapi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Response;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;

/// A document of resources (JSON:API 1.1, "Top Level"): the members around them, in the same order in all
/// documents.
///
/// @param links    writes the members of `links`; null for a document without links
/// @param total    the number of resources in the whole list; null if it was not counted
/// @param data     writes the value of `data`
/// @param included writes the included resources; null for a document that is not compound
public record Document(
        @Nullable Consumer<JsonWriter> links,
        @Nullable Long total,
        Consumer<JsonWriter> data,
        @Nullable Consumer<JsonWriter> included) {
    // Includes the header that the area would add, so that the map need not be copied for it.
    private static final Map<String, String> DOCUMENT = Map.of("Content-Type", MediaTypes.JSON_API, "Vary", "Accept");
    private static final Map<String, String> PAGE = Map.of("Content-Type", MediaTypes.JSON_API_PAGES, "Vary", "Accept");

    /// A document whose absolute address is `self`.
    public static Document of(String self, Consumer<JsonWriter> data) {
        return new Document(json -> json.writeStringProperty("self", self), null, data, null);
    }

    /// The document of a relationship, whose resources are at the address `related`.
    public static Document ofRelationship(String self, String related, Consumer<JsonWriter> data) {
        return new Document(
                json -> {
                    json.writeStringProperty("self", self);
                    json.writeStringProperty("related", related);
                },
                null,
                data,
                null);
    }

    /// A document without an address, such as the outcome of a check.
    public static Document withoutLinks(Consumer<JsonWriter> data) {
        return new Document(null, null, data, null);
    }

    /// The value of `data` for a list.
    public static <T> Consumer<JsonWriter> array(List<T> resources, BiConsumer<JsonWriter, T> writer) {
        return json -> {
            json.writeStartArray();
            resources.forEach(resource -> writer.accept(json, resource));
            json.writeEndArray();
        };
    }

    /// The same with included resources; null for no change.
    public Document including(@Nullable Consumer<JsonWriter> resources) {
        return new Document(links, total, data, resources);
    }

    /// The response with this document as its body.
    public Response response(int status) {
        return new Response(status, DOCUMENT, Json.write(this::write));
    }

    /// The same for a page of the cursor pagination profile.
    public Response page() {
        return new Response(200, PAGE, Json.write(this::write));
    }

    /// The same for a long page, which is written into `buffer` if that is long enough.
    public Response page(byte[] buffer) {
        ByteBuffer body = Json.write(buffer, this::write);
        return new Response(200, PAGE, body);
    }

    private void write(JsonWriter json) {
        json.writeStartObject();
        Json.writeVersion(json);
        if (links != null) {
            json.writeObjectPropertyStart("links");
            links.accept(json);
            json.writeEndObject();
        }
        if (total != null) {
            json.writeObjectPropertyStart("meta");
            json.writeObjectPropertyStart("page");
            json.writeNumberProperty("total", total);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeName("data");
        data.accept(json);
        if (included != null) {
            json.writeName("included");
            included.accept(json);
        }
        json.writeEndObject();
    }
}
