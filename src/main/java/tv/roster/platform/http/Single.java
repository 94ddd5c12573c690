package tv.roster.platform.http;

import java.util.function.Consumer;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;

/// A document that is answered whole: one resource, or all of a short list.
public final class Single {
    private Single() {}

    /// `self` is the absolute address of what is answered; `data` writes the value of `data`.
    public static Answer answer(int status, String self, Consumer<JsonWriter> data) {
        return Answer.document(status, Json.write(json -> {
            json.writeStartObject();
            Json.writeVersion(json);
            json.writeObjectPropertyStart("links");
            json.writeStringProperty("self", self);
            json.writeEndObject();
            json.writeName("data");
            data.accept(json);
            json.writeEndObject();
        }));
    }
}
