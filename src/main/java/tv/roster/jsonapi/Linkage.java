package tv.roster.jsonapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Resource linkage in requests (JSON:API 1.1, "Resource Linkage"): ids of one type.
public final class Linkage {
    private Linkage() {}

    /// The id of a to-one relationship member of `relationships`; absent where no `data` was sent. Null is refused.
    public static Sent<String> toOne(Members relationships, String name, String type) {
        var relationship = relationships.object(name);
        relationship.ignore("links", "meta");
        var data = relationship.raw("data");
        relationship.refuseUnknown();
        if (data == null) {
            return Sent.absent();
        }
        return toOne(data, relationship.pointer("data"), type, relationship.problems());
    }

    /// The id of a to-one relationship that is the whole document's `data`, as relationship endpoints take it.
    public static Sent<String> toOne(byte[] body, String type, Problems problems) {
        var tree = Json.read(body);
        if (!tree.isObject() || !tree.has("data")) {
            throw new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The document needs its data.", Source.pointer(""));
        }
        var top = new Members(tree, "", problems);
        top.ignore("jsonapi", "links", "data");
        top.object("meta").refuseUnknown();
        top.refuseUnknown();
        return toOne(tree.get("data"), "/data", type, problems);
    }

    /// The ids of a to-many relationship member; absent where no `data` was sent.
    public static Sent<List<String>> toMany(Members relationships, String name, String type) {
        var relationship = relationships.object(name);
        relationship.ignore("links", "meta");
        var data = relationship.raw("data");
        relationship.refuseUnknown();
        if (data == null) {
            return Sent.absent();
        }
        if (!data.isArray()) {
            relationship.problems().add(ErrorCode.WRONG_TYPE, "This has to be an array.", relationship.pointer("data"));
            return Sent.absent();
        }
        var ids = new ArrayList<String>();
        for (int at = 0; at < data.size(); at++) {
            var id = toOne(data.get(at), relationship.pointer("data") + "/" + at, type, relationship.problems());
            if (id.value() != null) {
                ids.add(id.value());
            }
        }
        return Sent.of(List.copyOf(ids));
    }

    private static Sent<String> toOne(JsonNode data, String pointer, String type, Problems problems) {
        if (data.isNull()) {
            problems.add(ErrorCode.INVALID_VALUE, "This relationship cannot be empty.", pointer);
            return Sent.absent();
        }
        if (!data.isObject()) {
            problems.add(ErrorCode.WRONG_TYPE, "This has to be a resource identifier object.", pointer);
            return Sent.absent();
        }
        var identifier = new Members(data, pointer, problems);
        identifier.ignore("meta");
        var sentType = identifier.text("type", text -> text);
        var id = identifier.text("id", text -> text);
        identifier.refuseUnknown();
        if (id.value() == null || sentType.value() == null) {
            problems.add(ErrorCode.INVALID_VALUE, "A resource identifier needs its type and its id.", pointer);
            return Sent.absent();
        }
        if (!sentType.value().equals(type)) {
            problems.add(ErrorCode.INVALID_VALUE, "The type here is " + type + ".", pointer + "/type");
            return Sent.absent();
        }
        return id;
    }
}
