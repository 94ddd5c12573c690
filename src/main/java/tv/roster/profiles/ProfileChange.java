package tv.roster.profiles;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Source;
import tv.roster.values.Sent;
import tv.roster.values.ids.UserId;

/// What a request wants of a profile: each member absent, null or a value.
record ProfileChange(
        Sent<ProfileName> name,
        Sent<Boolean> isChildProfile,
        Sent<Long> ageLimit,
        Sent<Boolean> isDefault,
        Sent<UserId> user) {
    private static final int HIGHEST_AGE = 21;

    /// Reads the UserProfile resource, and tells all that is wrong with it. A profile that is made needs a name.
    static ProfileChange read(ResourceDocument document, boolean creating) {
        var attributes = document.attributes();
        var name = attributes.text("name", ProfileName::parse);
        refuseNull(document, name, "name");
        if (creating && attributes.raw("name") == null) {
            var parent = attributes.present() ? "/data/attributes" : "/data";
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
                            .at(Source.pointer("/data/attributes/age_limit")));
        }
        return sent;
    }

    private static Sent<UserId> user(ResourceDocument document) {
        var linkage = Linkage.toOne(document.relationships(), "user", "User");
        return linkage.present() ? Sent.of(linkage.map(ProfileChange::userId)) : Sent.absent();
    }

    private static @Nullable UserId userId(String text) {
        return UserId.parse(text).orElse(null);
    }

    /// Refuses read-only members that are not as they are stored.
    void checkStored(boolean storedDefault, UserId storedUser) {
        var problems = new Problems();
        if (isDefault.differsFrom(storedDefault)) {
            problems.add(
                    ErrorCode.READ_ONLY,
                    "The user's default_user_profile says which profile is the default.",
                    "/data/attributes/is_default");
        }
        if (user.differsFrom(storedUser)) {
            problems.add(ErrorCode.READ_ONLY, "A profile stays with its user.", "/data/relationships/user/data");
        }
        problems.throwIfAny();
    }
}
