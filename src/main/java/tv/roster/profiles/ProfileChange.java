package tv.roster.profiles;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.values.Sent;
import tv.roster.values.ids.UserId;

/// What a caller wants of a profile: each member absent, null or a value.
record ProfileChange(
        Sent<ProfileName> name,
        Sent<Boolean> isChildProfile,
        Sent<Long> ageLimit,
        Sent<Boolean> isDefault,
        Sent<UserId> user) {
    /// Refuses read-only members that are not as they are stored.
    void checkStored(boolean storedDefault, UserId storedUser) {
        var problems = new Problems();
        if (isDefault.differsFrom(storedDefault)) {
            problems.add(
                    ErrorCode.READ_ONLY,
                    "The user's default_user_profile says which profile is the default.",
                    ProfileMember.IS_DEFAULT);
        }
        if (user.differsFrom(storedUser)) {
            problems.add(ErrorCode.READ_ONLY, "A profile stays with its user.", ProfileMember.USER);
        }
        problems.throwIfAny();
    }
}
