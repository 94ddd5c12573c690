package tv.roster.http;

import java.util.function.Consumer;
import tv.roster.jsonapi.Json;
import tv.roster.jsonapi.JsonWriter;

/// The document of a single resource.
public final class Single {
    private Single() {}

    /// `self` is the absolute address of what is answered; `resource` writes the resource object.
    public static Answer answer(int status, String self, Consumer<JsonWriter> resource) {
        return Answer.document(status, Json.write(json -> {
            json.writeStartObject();
            Json.writeVersion(json);
            json.writeObjectPropertyStart("links");
            json.writeStringProperty("self", self);
            json.writeEndObject();
            json.writeName("data");
            resource.accept(json);
            json.writeEndObject();
        }));
    }
}
