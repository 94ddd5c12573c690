package tv.roster.platform.jsonapi;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.Request;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.problems.Refusal;

/// Answers whose body is a JSON:API document.
public final class DocumentAnswer {
    // With the header that the area would add, so that nothing is copied for it.
    private static final Map<String, String> DOCUMENT = Map.of("Content-Type", MediaTypes.JSON_API, "Vary", "Accept");
    private static final Map<String, String> PAGE = Map.of("Content-Type", MediaTypes.JSON_API_PAGES, "Vary", "Accept");

    private DocumentAnswer() {}

    public static Answer of(int status, byte[] document) {
        return new Answer(status, DOCUMENT, document);
    }

    /// A document of one resource, or of all of a short list: `self` is its absolute address, `data` writes the value
    /// of `data`.
    public static Answer of(int status, String self, Consumer<JsonWriter> data) {
        return of(status, Json.write(json -> {
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

    /// A page of a list, which is a document of the cursor pagination profile.
    public static Answer page(ByteBuffer document) {
        return new Answer(200, PAGE, document);
    }

    /// The error document of a refusal, whose places are replaced already.
    public static Answer of(Refusal refusal, Request request) {
        return of(refusal, request.id(), request.origin());
    }

    /// The same where there is no request that could be read; `origin` is where links begin.
    public static Answer of(Refusal refusal, String requestId, String origin) {
        var headers = new HashMap<>(refusal.headers());
        headers.put("Content-Type", MediaTypes.JSON_API);
        headers.put("Vary", "Accept");
        return new Answer(refusal.status(), headers, ErrorDocument.bytes(refusal.problems(), requestId, origin));
    }
}
