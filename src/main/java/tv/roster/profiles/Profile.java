package tv.roster.profiles;

import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// A profile as it is stored: one of the up to 20 ways in which a user watches.
public record Profile(
        ProfileId id,
        UserId user,
        String name,
        boolean isChildProfile,
        @Nullable Integer ageLimit,
        boolean isDefault) {
    public static final String TYPE = "UserProfile";
    public static final int MOST_PER_USER = 20;
}
