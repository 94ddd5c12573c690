package tv.roster.console.administer;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.JsonWriter;

/// Documents of the admin API, as its callers write and read them.
final class Documents {
    private Documents() {}

    /// A resource with these attributes; `id` is null for a new one.
    static Consumer<JsonWriter> resource(String type, @Nullable String id, Consumer<JsonWriter> attributes) {
        return json -> {
            begin(json, type, id, attributes);
            end(json);
        };
    }

    /// The same that belongs to a tenant; empty for none.
    static Consumer<JsonWriter> ofTenant(String type, String tenant, Consumer<JsonWriter> attributes) {
        return json -> {
            begin(json, type, null, attributes);
            if (!tenant.isEmpty()) {
                json.writeObjectPropertyStart("relationships");
                json.writeObjectPropertyStart("tenant");
                json.writeObjectPropertyStart("data");
                json.writeStringProperty("type", "Tenant");
                json.writeStringProperty("id", tenant);
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndObject();
            }
            end(json);
        };
    }

    private static void begin(JsonWriter json, String type, @Nullable String id, Consumer<JsonWriter> attributes) {
        json.writeStartObject();
        json.writeObjectPropertyStart("data");
        json.writeStringProperty("type", type);
        if (id != null) {
            json.writeStringProperty("id", id);
        }
        json.writeObjectPropertyStart("attributes");
        attributes.accept(json);
        json.writeEndObject();
    }

    private static void end(JsonWriter json) {
        json.writeEndObject();
        json.writeEndObject();
    }

    static void write(JsonWriter json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    static @Nullable Long time(JsonNode number) {
        return number.isNumber() ? number.asLong() : null;
    }

    /// What a text field holds, one entry a line.
    static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
