package tv.roster.platform.jsonapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.Json;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// A resource object in a request: the `data` of a document (JSON:API 1.1, "Creating, Updating and Deleting
/// Resources"), or a part of something larger.
public final class ResourceDocument {
    private static final String DATA = "/data";

    private final Problems problems;
    private final String pointer;
    private final Members data;
    private final @Nullable String id;
    private final Members attributes;
    private final Members relationships;
    private final Members meta;

    /// Parses a body whose `data` must be a resource of `type`. Throws a `409` for another type, and a `400` if there
    /// is no resource.
    public ResourceDocument(byte[] body, String type) {
        this(dataOf(body), type, true);
    }

    private ResourceDocument(Place place, String type, boolean needsType) {
        problems = place.problems();
        pointer = place.pointer();
        data = new Members(place.resource(), pointer, problems);
        checkType(type, needsType);
        id = data.text("id", text -> text).value();
        if (data.isNull("id")) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be a string.", pointer + "/id");
        }
        attributes = data.object("attributes");
        relationships = data.object("relationships");
        meta = data.object("meta");
        data.ignore("links", "lid");
        data.refuseUnknown();
        place.around().refuseUnknown();
    }

    /// Reads a body that has nothing to say, and may be left out: without members.
    public static void readNothing(byte[] body, String type) {
        if (body.length == 0) {
            return;
        }
        var document = new ResourceDocument(body, type);
        document.refuseId();
        document.attributes().refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
    }

    /// Reads a resource of `type` that is a part of a request, at this JSON pointer; what is wrong is added to
    /// `problems`. Throws a `400` unless it is an object that names its type, and a `409` for another type.
    public static ResourceDocument at(String pointer, JsonNode resource, String type, Problems problems) {
        return new ResourceDocument(Place.part(pointer, resource, problems), type, true);
    }

    /// Reads a resource of `type` that stands alone, and does not have to name its type. Pointers begin at the
    /// resource itself: `/attributes/name`.
    public static ResourceDocument alone(JsonNode resource, String type) {
        return new ResourceDocument(Place.part("", resource, new Problems()), type, false);
    }

    /// Where a resource object is: its node, its pointer, and what is around it.
    private record Place(JsonNode resource, String pointer, Members around, Problems problems) {
        static Place part(String pointer, JsonNode resource, Problems problems) {
            if (!resource.isObject()) {
                throw new Refusal(
                        ErrorCode.MALFORMED_DOCUMENT, "This has to be a resource object.", Source.pointer(pointer));
            }
            return new Place(resource, pointer, new Members(null, "", problems), problems);
        }
    }

    private static Place dataOf(byte[] body) {
        var problems = new Problems();
        var top = topLevel(Json.read(body), problems);
        var node = top.raw("data");
        if (node == null || !node.isObject()) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT,
                    "The document needs a resource object as its data.",
                    Source.pointer(node == null ? "" : DATA));
        }
        return new Place(node, DATA, top, problems);
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

    private void checkType(String type, boolean needsType) {
        var sent = data.text("type", text -> text);
        if (needsType && data.raw("type") == null) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT, "A resource object needs its type.", Source.pointer(pointer));
        }
        if (sent.present() && sent.value() == null) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be a string.", pointer + "/type");
        } else if (sent.value() != null && !sent.value().equals(type)) {
            throw new Refusal(
                    ErrorCode.TYPE_MISMATCH, "The type here is " + type + ".", Source.pointer(pointer + "/type"));
        }
    }

    /// For a resource that the server creates: throws a `403` if the client has specified an id.
    public void refuseId() {
        if (id != null) {
            throw new Refusal(
                    ErrorCode.CLIENT_ID_NOT_ALLOWED, "The server generates the id.", Source.pointer(pointer + "/id"));
        }
    }

    /// For a resource that is changed: throws a `400` if there is no id.
    public String demandId() {
        if (id == null) {
            problems.throwIfAny();
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT, "A resource object needs its id here.", Source.pointer(pointer));
        }
        return id;
    }

    /// For a resource that is addressed by its id: throws a `400` if there is no id, and a `409` for another one.
    public void demandId(String expected) {
        if (!demandId().equalsIgnoreCase(expected)) {
            throw new Refusal(
                    ErrorCode.ID_MISMATCH,
                    "The id is not that of the resource addressed.",
                    Source.pointer(pointer + "/id"));
        }
    }

    /// The JSON pointer of the resource object, such as `/data`.
    public String pointer() {
        return pointer;
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
