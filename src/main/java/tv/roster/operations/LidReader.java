package tv.roster.operations;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problems;
import tv.roster.values.text.Text;

/// Reads local ids, the names that a call gives to what it creates (JSON:API 1.1, "Resource Objects"), and puts
/// placeholders in their place, which the readers of resources take for ids. Each type has local ids of its own.
final class LidReader {
    private static final int LONGEST = 256;

    private final Map<Name, UUID> placeholders = new HashMap<>();

    private record Name(String type, String lid) {}

    private static String checked(String lid) {
        if (lid.isEmpty() || Text.isLongerThan(lid, LONGEST)) {
            throw new InvalidValue("A lid has 1 to " + LONGEST + " characters.");
        }
        Text.refuseControlCharacters(lid);
        return lid;
    }

    /// The lid of an object; null if it has none or an invalid one.
    private static @Nullable String lid(Members object) {
        return object.textNotNull("lid", LidReader::checked);
    }

    /// Takes the lid of a new resource; null if it has none. Call [#define] when the whole operation is read.
    @Nullable
    String takeNew(Members resource, String type) {
        var lid = lid(resource);
        if (lid != null && placeholders.containsKey(new Name(type, lid))) {
            resource.problems()
                    .add(
                            ErrorCode.INVALID_VALUE,
                            "An earlier operation has used this lid; each new resource of a type has a lid of its own.",
                            resource.pointer("lid"));
        }
        return lid;
    }

    /// The placeholder of a new resource with this lid; null without one.
    @Nullable
    UUID define(String type, @Nullable String lid) {
        if (lid == null) {
            return null;
        }
        var placeholder = UUID.randomUUID();
        placeholders.put(new Name(type, lid), placeholder);
        return placeholder;
    }

    /// Takes the lid of a resource that an earlier operation creates, and returns its placeholder. Reports a lid that
    /// is unknown; null without a valid one.
    @Nullable
    UUID take(Members identifier, String type) {
        var lid = lid(identifier);
        if (lid == null) {
            return null;
        }
        var placeholder = placeholders.get(new Name(type, lid));
        if (placeholder == null) {
            identifier
                    .problems()
                    .add(
                            ErrorCode.INVALID_VALUE,
                            "No earlier operation creates a resource of this type with this lid.",
                            identifier.pointer("lid"));
        }
        return placeholder;
    }

    /// Replaces the lids in all relationships of a resource.
    void replaceInRelationships(JsonNode resource, String pointer, Problems problems) {
        if (!(resource.get("relationships") instanceof ObjectNode relationships)) {
            return;
        }
        var all = new Members(relationships, pointer + "/relationships", problems);
        for (var relationship : relationships.properties()) {
            var data = relationship.getValue().get("data");
            var place = all.pointer(relationship.getKey()) + "/data";
            if (data != null && data.isArray()) {
                for (int at = 0; at < data.size() && !problems.areEnough(); at++) {
                    replace(data.get(at), place + "/" + at, problems);
                }
            } else if (data != null) {
                replace(data, place, problems);
            }
        }
    }

    /// Replaces the lid of a resource identifier, or of a resource that exists. Something that is no identifier stays
    /// as it is, for its reader to report.
    ///
    /// @return whether it had one
    boolean replace(JsonNode node, String pointer, Problems problems) {
        if (!(node instanceof ObjectNode identifier) || !identifier.has("lid")) {
            return false;
        }
        var members = new Members(identifier, pointer, problems);
        var type = identifier.get("type");
        if (identifier.has("id")) {
            problems.add(ErrorCode.INVALID_VALUE, "A resource has an id or a lid, not both.", members.pointer("lid"));
        } else if (type != null && type.isString()) {
            var placeholder = take(members, type.asString());
            // Whatever is wrong with the lid has been reported, so the identifier gets an id in any case.
            identifier.put("id", (placeholder == null ? UUID.randomUUID() : placeholder).toString());
        }
        identifier.remove("lid");
        return true;
    }
}
