package tv.roster.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.calls.UserManagement;
import tv.roster.operations.Target.AllUsers;
import tv.roster.operations.Target.DefaultProfileOf;
import tv.roster.operations.Target.OfData;
import tv.roster.operations.Target.OneProfile;
import tv.roster.operations.Target.OneUser;
import tv.roster.operations.Target.OtherRelationship;
import tv.roster.operations.Target.ProfilesOf;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.users.UserKey;
import tv.roster.users.v4.UserReader;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;
import tv.roster.values.text.PercentEncoding;

/// Reads the `ref` or `href` of an operation.
final class TargetReader {
    private static final String DEFAULT_PROFILE = "default_user_profile";

    private final LidReader lids;
    private final String origin;
    private final String originPath;

    /// `origin` is the beginning of links, which can have a path of its own: addresses begin with it as well.
    TargetReader(LidReader lids, String origin) {
        this.lids = lids;
        this.origin = origin;
        int path = origin.indexOf('/', origin.indexOf("://") + 3);
        this.originPath = path < 0 ? "" : origin.substring(path);
    }

    /// A target, and the JSON pointer of what names it.
    ///
    /// @param byLid whether it is a resource that an earlier operation creates
    record Placed(Target target, String pointer, boolean byLid) {}

    /// Takes the target; null if it is invalid, which has been reported then. Throws the `404` for what cannot exist.
    @Nullable
    Placed take(Members operation) {
        var ref = operation.raw("ref");
        var href = operation.raw("href");
        if (ref != null && href != null) {
            return invalid(operation, operation.pointer("href"), "An operation has a ref or an href, not both.");
        }
        if (ref != null) {
            var members = operation.object("ref");
            return members.present() ? ofRef(members, operation.pointer("ref")) : null;
        }
        if (href != null) {
            var text = operation.textNotNull("href", sent -> sent);
            return text == null ? null : ofHref(operation, text, operation.pointer("href"));
        }
        return new Placed(new OfData(), operation.pointer("data"), false);
    }

    private static @Nullable Placed invalid(Members operation, String pointer, String detail) {
        operation.problems().add(ErrorCode.INVALID_VALUE, detail, pointer);
        return null;
    }

    private @Nullable Placed ofRef(Members ref, String pointer) {
        boolean byLid = ref.raw("lid") != null;
        if (ref.raw("type") == null || byLid == (ref.raw("id") != null)) {
            invalid(ref, pointer, "A ref has a type, and either an id or a lid.");
        }
        var type = ref.textNotNull("type", text -> text);
        var id = ref.textNotNull("id", text -> text);
        var relationship = ref.textNotNull("relationship", text -> text);
        ref.refuseUnknown();
        if (type == null) {
            return null;
        }
        checkType(type, ref.pointer("type"));
        if (byLid) {
            var placeholder = lids.take(ref, type);
            id = placeholder == null ? null : placeholder.toString();
        }
        if (id == null || (relationship == null && ref.raw("relationship") != null)) {
            return null;
        }
        var place = byLid ? ref.pointer("lid") : pointer;
        if (relationship == null) {
            return new Placed(one(type, id, place), place, byLid);
        }
        return type.equals(UserReader.TYPE) && relationship.equals(DEFAULT_PROFILE)
                ? new Placed(new DefaultProfileOf(user(id, place)), place, byLid)
                : new Placed(new OtherRelationship(), ref.pointer("relationship"), byLid);
    }

    /// Throws the `409` for a type that operations do not change.
    static void checkType(String type, String pointer) {
        if (!type.equals(UserReader.TYPE) && !type.equals(Profile.TYPE)) {
            throw new Refusal(
                    ErrorCode.TYPE_MISMATCH,
                    "The types here are " + UserReader.TYPE + " and " + Profile.TYPE + ".",
                    Source.pointer(pointer));
        }
    }

    /// A user or a profile by its id.
    static Target one(String type, String id, String pointer) {
        return type.equals(UserReader.TYPE)
                ? new OneUser(new UserKey.ById(user(id, pointer)))
                : new OneProfile(profile(id, pointer));
    }

    private static UserId user(String id, String pointer) {
        return UserId.parse(id).orElseThrow(() -> notFound("There is no such user.", pointer));
    }

    private static ProfileId profile(String id, String pointer) {
        return ProfileId.parse(id).orElseThrow(() -> notFound("There is no such profile.", pointer));
    }

    private static Refusal notFound(String detail, String pointer) {
        return new Refusal(ErrorCode.NOT_FOUND, detail, Source.pointer(pointer));
    }

    private @Nullable Placed ofHref(Members operation, String href, String pointer) {
        var path = pathOf(href);
        if (path == null) {
            return invalid(
                    operation,
                    pointer,
                    "An href leads below " + UserManagement.BASE
                            + ": it is an absolute path, or a URL that begins with " + origin + ".");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            return invalid(operation, pointer, "An href has no query and no fragment here.");
        }
        return new Placed(at(path.substring(1).split("/", -1), pointer), pointer, false);
    }

    /// The path below the API's base, with the slash before it; null for any other address.
    private @Nullable String pathOf(String href) {
        // The scheme and the host of a URL are the same in either case (RFC 3986, section 6.2.2.1).
        boolean isWhole = href.regionMatches(true, 0, origin, 0, origin.length());
        var path = href;
        if (isWhole) {
            path = href.substring(origin.length());
        } else if (href.startsWith(originPath + UserManagement.BASE)) {
            path = href.substring(originPath.length());
        }
        return path.startsWith(UserManagement.BASE + "/") ? path.substring(UserManagement.BASE.length()) : null;
    }

    /// What is at a path. Segments are split before they are decoded, so that an encoded slash remains part of its
    /// segment.
    private static Target at(String[] segments, String pointer) {
        boolean isUsers = segments[0].equals("users");
        boolean isOfUser = isUsers && segments.length > 2;
        if (isUsers && segments.length == 1) {
            return new AllUsers();
        }
        if (segments.length == 2) {
            if (isUsers || segments[0].equals("user_profiles")) {
                return one(isUsers ? UserReader.TYPE : Profile.TYPE, decoded(segments[1], pointer), pointer);
            }
        } else if (isOfUser && segments.length == 3 && segments[1].equals("by_external_id")) {
            return new OneUser(new UserKey.ByExternalId(externalId(segments[2], pointer)));
        } else if (isOfUser && segments.length == 3 && segments[2].equals("user_profiles")) {
            return new ProfilesOf(user(decoded(segments[1], pointer), pointer));
        } else if (isOfUser && List.of(segments).subList(2, segments.length).equals(List.of(DEFAULT_PROFILE))) {
            return new OtherRelationship();
        } else if (isOfUser && segments.length == 4 && segments[2].equals("relationships")) {
            return segments[3].equals(DEFAULT_PROFILE)
                    ? new DefaultProfileOf(user(decoded(segments[1], pointer), pointer))
                    : new OtherRelationship();
        }
        throw notFound("There are no users and no profiles at this address.", pointer);
    }

    private static String decoded(String segment, String pointer) {
        var decoded = PercentEncoding.decode(segment);
        if (decoded == null) {
            throw notFound("The percent-encoding of this address is broken.", pointer);
        }
        return decoded;
    }

    private static ExternalId externalId(String segment, String pointer) {
        try {
            return UserManagement.pathValue(decoded(segment, pointer), ExternalId::parse);
        } catch (Refusal nobodys) {
            throw notFound(nobodys.problems().getFirst().detail(), pointer);
        }
    }
}
