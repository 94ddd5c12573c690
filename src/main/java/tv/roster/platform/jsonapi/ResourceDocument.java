package tv.roster.platform.jsonapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.Json;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// A request whose `data` is one resource object (JSON:API 1.1, "Creating, Updating and Deleting Resources").
public final class ResourceDocument {
    private final Problems problems = new Problems();
    private final Members data;
    private final @Nullable String id;
    private final Members attributes;
    private final Members relationships;
    private final Members meta;

    /// Parses a body that must contain a resource of `type`. Throws a `409` for another type, and a `400` if there
    /// is no resource.
    public ResourceDocument(byte[] body, String type) {
        var top = topLevel(Json.read(body), problems);
        var node = top.raw("data");
        if (node == null || !node.isObject()) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT,
                    "The document needs a resource object as its data.",
                    Source.pointer(node == null ? "" : "/data"));
        }
        data = new Members(node, "/data", problems);
        checkType(type);
        id = data.text("id", text -> text).value();
        if (data.isNull("id")) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be a string.", "/data/id");
        }
        attributes = data.object("attributes");
        relationships = data.object("relationships");
        meta = data.object("meta");
        data.ignore("links", "lid");
        data.refuseUnknown();
        top.refuseUnknown();
    }

    private static Members topLevel(JsonNode tree, Problems problems) {
        if (!tree.isObject()) {
            throw new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The document has to be an object.", Source.pointer(""));
        }
        var top = new Members(tree, "", problems);
        top.ignore("jsonapi", "links", "included");
        top.object("meta").refuseUnknown();
        return top;
    }

    private void checkType(String type) {
        var sent = data.text("type", text -> text);
        if (data.raw("type") == null) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT, "A resource object needs its type.", Source.pointer("/data"));
        }
        if (sent.present() && sent.value() == null) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be a string.", "/data/type");
        } else if (sent.value() != null && !sent.value().equals(type)) {
            throw new Refusal(ErrorCode.TYPE_MISMATCH, "The type here is " + type + ".", Source.pointer("/data/type"));
        }
    }

    /// For a resource that the server creates: throws a `403` if the client has specified an id.
    public void refuseId() {
        if (id != null) {
            throw new Refusal(
                    ErrorCode.CLIENT_ID_NOT_ALLOWED, "The server generates the id.", Source.pointer("/data/id"));
        }
    }

    /// For a resource that is changed: throws a `400` if there is no id.
    public String demandId() {
        if (id == null) {
            problems.throwIfAny();
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT, "A resource object needs its id here.", Source.pointer("/data"));
        }
        return id;
    }

    /// For a resource that is addressed by its id: throws a `400` if there is no id, and a `409` for another one.
    public void demandId(String expected) {
        if (!demandId().equalsIgnoreCase(expected)) {
            throw new Refusal(
                    ErrorCode.ID_MISMATCH, "The id is not that of the resource addressed.", Source.pointer("/data/id"));
        }
    }

    public @Nullable String id() {
        return id;
    }

    public Members attributes() {
        return attributes;
    }

    public Members relationships() {
        return relationships;
    }

    public Members meta() {
        return meta;
    }

    public Problems problems() {
        return problems;
    }
}
