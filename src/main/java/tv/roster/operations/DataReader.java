package tv.roster.operations;

import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.users.StoredMembers;
import tv.roster.users.UserKey;
import tv.roster.users.Users;
import tv.roster.users.v4.UserReader;
import tv.roster.values.Sent;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// Reads the `data` of an operation.
final class DataReader {
    private final @Nullable JsonNode data;
    private final String operation;
    private final String pointer;
    private final LidReader lids;
    private final Problems problems;

    /// `operation` is the JSON pointer of the operation; `data` is null if it has none.
    DataReader(@Nullable JsonNode data, String operation, LidReader lids, Problems problems) {
        this.data = data;
        this.operation = operation;
        this.pointer = operation + "/data";
        this.lids = lids;
        this.problems = problems;
    }

    boolean isPresent() {
        return data != null;
    }

    private JsonNode demand() {
        if (data == null) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT, "This operation needs its data.", Source.pointer(operation));
        }
        return data;
    }

    /// The type of the resource. Throws the `409` for a type that operations do not change.
    String type() {
        var type = demand().get("type");
        if (type == null || !type.isString()) {
            // Reported when the resource is read.
            return UserReader.TYPE;
        }
        TargetReader.checkType(type.asString(), pointer + "/type");
        return type.asString();
    }

    /// A resource that is to be created, and its lid.
    record New(
            ResourceDocument document,
            String type,
            @Nullable String lid) {}

    New newResource(String type) {
        var node = demand();
        lids.replaceInRelationships(node, pointer, problems);
        var document = ResourceDocument.at(pointer, node, type, problems);
        document.refuseId();
        return new New(document, type, lids.takeNew(new Members(node, pointer, problems), type));
    }

    /// A resource that exists, and the pointer to its id or lid.
    record Existing(ResourceDocument document, String idPointer, boolean byLid) {
        /// The id of a user whose key is its external id; null if only that was sent.
        @Nullable
        UserId idBeside(UserKey key) {
            var id = document.id();
            return key.isExternal() && id != null ? UserId.parse(id).orElseThrow(Users::idMismatch) : null;
        }

        /// For a resource that is removed: it is identified, and not described. Call this after taking the version.
        void refuseContent() {
            document.attributes().refuseUnknown();
            document.relationships().refuseUnknown();
            document.meta().refuseUnknown();
        }
    }

    Existing existing(String type) {
        var node = demand();
        boolean byLid = lids.replace(node, pointer, problems);
        lids.replaceInRelationships(node, pointer, problems);
        return new Existing(
                ResourceDocument.at(pointer, node, type, problems), pointer + (byLid ? "/lid" : "/id"), byLid);
    }

    /// The same for a resource that is addressed by its id: throws a `409` if this is another one.
    Existing existing(String type, UUID expected) {
        var existing = existing(type);
        if (!existing.document().demandId().equalsIgnoreCase(expected.toString())) {
            problems.throwIfAny();
            throw new Refusal(
                    ErrorCode.ID_MISMATCH,
                    "This is not the resource that the operation addresses.",
                    Source.pointer(existing.idPointer()));
        }
        return existing;
    }

    /// Whether the user of a new profile is given by a lid. To be called before the resource is read.
    boolean namesUserByLid() {
        return demand().at("/relationships/user/data").has("lid");
    }

    /// The profile that is to be the default one.
    ProfileId defaultProfile() {
        lids.replace(demand(), pointer, problems);
        Sent<String> sent = Linkage.toOne(demand(), pointer, Profile.TYPE, problems);
        problems.throwIfAny();
        Function<String, @Nullable ProfileId> parse =
                text -> ProfileId.parse(text).orElse(null);
        var profile = sent.map(parse);
        if (profile == null) {
            throw new Refusal(StoredMembers.notOfThisUser().at(Source.pointer(pointer)));
        }
        return profile;
    }
}
