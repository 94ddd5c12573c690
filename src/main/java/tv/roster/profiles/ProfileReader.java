package tv.roster.profiles;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Places;
import tv.roster.platform.problems.Source;
import tv.roster.values.Sent;
import tv.roster.values.ids.UserId;

/// Reads the UserProfile resource from a request, and reports everything that is wrong with it.
public final class ProfileReader {
    private static final int HIGHEST_AGE = 21;

    private ProfileReader() {}

    /// The places of a profile's members in a resource object at this JSON pointer.
    public static Places places(String pointer) {
        return member -> member instanceof ProfileMember own
                ? Source.pointer(pointer
                        + switch (own) {
                            case NAME -> "/attributes/name";
                            case IS_DEFAULT -> "/attributes/is_default";
                            case USER -> "/relationships/user/data";
                        })
                : Source.NONE;
    }

    /// Reads the requested change; a profile that is to be created needs a name.
    public static ProfileChange read(ResourceDocument document, boolean creating) {
        var attributes = document.attributes();
        var name = attributes.text("name", ProfileName::parse);
        refuseNull(document, name, "name");
        if (creating && attributes.raw("name") == null) {
            var parent = document.pointer() + (attributes.present() ? "/attributes" : "");
            document.problems().add(ErrorCode.INVALID_VALUE, "A profile needs a name.", parent);
        }
        var isChild = attributes.bool("is_child_profile");
        refuseNull(document, isChild, "is_child_profile");
        var change =
                new ProfileChange(name, isChild, ageLimit(document), attributes.bool("is_default"), user(document));
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return change;
    }

    private static void refuseNull(ResourceDocument document, Sent<?> sent, String name) {
        if (sent.present() && sent.value() == null) {
            document.problems()
                    .add(
                            ErrorCode.WRONG_TYPE,
                            "This cannot be null.",
                            document.attributes().pointer(name));
        }
    }

    private static Sent<Long> ageLimit(ResourceDocument document) {
        var sent = document.attributes().integer("age_limit");
        Long age = sent.value();
        if (age != null && (age < 0 || age > HIGHEST_AGE)) {
            document.problems()
                    .add(new InvalidValue("An age limit is a whole number from 0 to " + HIGHEST_AGE + ", or null.")
                            .at(Source.pointer(document.attributes().pointer("age_limit"))));
        }
        return sent;
    }

    private static Sent<UserId> user(ResourceDocument document) {
        var linkage = Linkage.toOne(document.relationships(), "user", "User");
        return linkage.present() ? Sent.of(linkage.map(ProfileReader::userId)) : Sent.absent();
    }

    private static @Nullable UserId userId(String text) {
        return UserId.parse(text).orElse(null);
    }
}
