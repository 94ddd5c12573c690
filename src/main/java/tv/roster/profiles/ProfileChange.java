package tv.roster.profiles;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.values.Sent;
import tv.roster.values.ids.UserId;

/// A requested change of a profile: each member is absent, null or a value.
public record ProfileChange(
        Sent<ProfileName> name,
        Sent<Boolean> isChildProfile,
        Sent<Long> ageLimit,
        Sent<Boolean> isDefault,
        Sent<UserId> user) {
    /// The same for a profile of this user.
    public ProfileChange withUser(UserId other) {
        return new ProfileChange(name, isChildProfile, ageLimit, isDefault, Sent.of(other));
    }

    /// Throws `read_only` for read-only members that differ from the stored values.
    void checkStored(boolean storedDefault, UserId storedUser) {
        var problems = new Problems();
        if (isDefault.differsFrom(storedDefault)) {
            problems.add(
                    ErrorCode.READ_ONLY,
                    "The user's default_user_profile says which profile is the default.",
                    ProfileMember.IS_DEFAULT);
        }
        if (user.differsFrom(storedUser)) {
            problems.add(ErrorCode.READ_ONLY, "A profile cannot be moved to another user.", ProfileMember.USER);
        }
        problems.throwIfAny();
    }
}
