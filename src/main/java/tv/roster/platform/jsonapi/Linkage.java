package tv.roster.platform.jsonapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.Json;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.Sent;

/// Resource linkage in requests (JSON:API 1.1, "Resource Linkage"): ids of one type.
public final class Linkage {
    private Linkage() {}

    /// Takes the id of a to-one relationship in `relationships`; absent if it was not sent. Null is rejected, and
    /// so is a relationship without `data` (JSON:API 1.1, "Updating a Resource's Relationships").
    public static Sent<String> toOne(Members relationships, String name, String type) {
        var relationship = relationship(relationships, name);
        var data = relationship.raw("data");
        if (data == null) {
            return missing(relationships, name, relationship.present());
        }
        return toOne(data, relationship.pointer("data"), type, relationship.problems());
    }

    /// The same for a relationship that may be empty, for which null is sent.
    public static Sent<String> toOneOrNone(Members relationships, String name, String type) {
        var relationship = relationship(relationships, name);
        var data = relationship.raw("data");
        if (data == null) {
            return missing(relationships, name, relationship.present());
        }
        return data.isNull() ? Sent.of(null) : toOne(data, relationship.pointer("data"), type, relationship.problems());
    }

    private static Members relationship(Members relationships, String name) {
        var relationship = relationships.object(name);
        relationship.ignore("links", "meta", "data");
        relationship.refuseUnknown();
        return relationship;
    }

    private static <T> Sent<T> missing(Members relationships, String name, boolean refused) {
        if (refused) {
            relationships
                    .problems()
                    .add(ErrorCode.INVALID_VALUE, "A relationship needs its data here.", relationships.pointer(name));
        }
        return Sent.absent();
    }

    /// The id of a to-one relationship that is the primary data of the document, as in requests to relationship
    /// endpoints.
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

    /// Takes the ids of a to-many relationship, at most `most` of them; absent if it was not sent, or has only
    /// `links`, as in responses without included resources.
    public static Sent<List<String>> toMany(Members relationships, String name, String type, int most) {
        var relationship = relationship(relationships, name);
        var data = relationship.raw("data");
        if (data == null) {
            return missing(relationships, name, relationship.present() && relationship.raw("links") == null);
        }
        if (!data.isArray()) {
            relationship.problems().add(ErrorCode.WRONG_TYPE, "This has to be an array.", relationship.pointer("data"));
            return Sent.absent();
        }
        try {
            Members.refuseLonger(data, most);
        } catch (InvalidValue e) {
            relationship.problems().add(e.at(Source.pointer(relationship.pointer("data"))));
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

    /// For a to-one relationship set by the server, to the resource with the id `stored` or to none: this value may
    /// be sent, any other is `read_only`.
    public static void refuseOther(Members relationships, String name, String type, @Nullable String stored) {
        var relationship = relationship(relationships, name);
        var data = relationship.raw("data");
        if (data == null) {
            missing(relationships, name, relationship.present());
            return;
        }
        var pointer = relationship.pointer("data");
        var sent = data.isNull() ? Sent.<String>of(null) : toOne(data, pointer, type, relationship.problems());
        if (sent.differsFrom(stored)) {
            relationship.problems().add(ErrorCode.READ_ONLY, "The server sets this relationship.", pointer);
        }
    }

    /// For a to-many relationship that has only `links` in responses: those may be sent back, `data` is
    /// `read_only`.
    public static void refuseData(Members relationships, String name) {
        var relationship = relationship(relationships, name);
        if (relationship.raw("data") != null) {
            relationship
                    .problems()
                    .add(ErrorCode.READ_ONLY, "The server sets this relationship.", relationship.pointer("data"));
        } else {
            missing(relationships, name, relationship.present() && relationship.raw("links") == null);
        }
    }

    /// The id of a to-one relationship whose linkage is at this JSON pointer.
    public static Sent<String> toOne(JsonNode data, String pointer, String type, Problems problems) {
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
