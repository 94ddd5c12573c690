package tv.roster.console.manage;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.JsonWriter;

/// The documents that calls of these pages send.
final class Sent {
    private Sent() {}

    /// A resource object; `id` is null for a new one.
    static Consumer<JsonWriter> resource(String type, @Nullable String id, Consumer<JsonWriter> attributes) {
        return json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("type", type);
            if (id != null) {
                json.writeStringProperty("id", id);
            }
            json.writeObjectPropertyStart("attributes");
            attributes.accept(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        };
    }
}
