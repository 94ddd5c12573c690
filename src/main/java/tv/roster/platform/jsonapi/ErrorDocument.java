package tv.roster.platform.jsonapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// The document of an error response (JSON:API 1.1, "Errors").
public final class ErrorDocument {
    private ErrorDocument() {}

    /// The response to a rejected request; the refusal must already contain the places in the request.
    public static Response response(Refusal refusal, Request request) {
        return response(refusal, request.id(), request.origin());
    }

    /// The same if no request could be read. `requestId` becomes the `id` of each error; `origin` is the beginning
    /// of `links.about`, which refers to the page of its code.
    public static Response response(Refusal refusal, String requestId, String origin) {
        var headers = new HashMap<>(refusal.headers());
        headers.put("Content-Type", MediaTypes.JSON_API);
        headers.put("Vary", "Accept");
        return new Response(refusal.status(), headers, bytes(refusal.problems(), requestId, origin));
    }

    private static byte[] bytes(List<Problem> problems, String requestId, String origin) {
        return Json.write(json -> {
            json.writeStartObject();
            Json.writeVersion(json);
            json.writeArrayPropertyStart("errors");
            for (var problem : problems) {
                write(json, problem, requestId, origin);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonWriter json, Problem problem, String requestId, String origin) {
        json.writeStartObject();
        json.writeStringProperty("id", requestId);
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("about", origin + "/errors/" + problem.code().code());
        problem.links().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeStringProperty("status", Integer.toString(problem.code().status()));
        json.writeStringProperty("code", problem.code().code());
        json.writeStringProperty("title", problem.code().title());
        json.writeStringProperty("detail", problem.detail());
        writeSource(json, problem.source());
        if (!problem.meta().isEmpty()) {
            json.writeName("meta");
            json.writeValue(problem.meta());
        }
        json.writeEndObject();
    }

    private static void writeSource(JsonWriter json, Source source) {
        if (source.kind() == Source.Kind.NONE || source.kind() == Source.Kind.MEMBER) {
            return;
        }
        json.writeObjectPropertyStart("source");
        json.writeStringProperty(
                memberOf(source.kind()), source.kind() == Source.Kind.EXPECTED_VERSION ? "If-Match" : source.place());
        json.writeEndObject();
    }

    private static String memberOf(Source.Kind kind) {
        return switch (kind) {
            case POINTER -> "pointer";
            case PARAMETER -> "parameter";
            case HEADER, EXPECTED_VERSION -> "header";
            case MEMBER, NONE -> throw new IllegalArgumentException("no place");
        };
    }

    /// The `meta` of an error about a page size above the limit, as specified by the cursor pagination profile.
    public static Map<String, Object> maxSize(int limit) {
        return Map.of("page", Map.of("maxSize", limit));
    }
}
