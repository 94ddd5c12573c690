package tv.roster.users;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import tv.roster.platform.problems.InvalidValue;

/// Which profiles are included with a user in a compound document.
public enum UserInclude {
    NOTHING,
    DEFAULT_PROFILE,
    ALL_PROFILES;

    private static final Set<String> PATHS = Set.of("default_user_profile", "user_profiles");

    /// Parses `include`: paths separated by commas; an empty value includes nothing (JSON:API 1.1, "Inclusion of
    /// Related Resources").
    public static UserInclude parse(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        var paths = new HashSet<>(Arrays.asList(text.split(",", -1)));
        if (!PATHS.containsAll(paths)) {
            throw new InvalidValue("Include default_user_profile, user_profiles or both.");
        }
        return paths.contains("user_profiles") ? ALL_PROFILES : DEFAULT_PROFILE;
    }
}
