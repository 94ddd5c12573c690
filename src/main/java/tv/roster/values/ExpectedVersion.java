package tv.roster.values;

import org.jspecify.annotations.Nullable;

/// The version that a caller expects a resource to have before it is changed.
///
/// @param demanded whether the caller expects anything, even if only that the resource exists
/// @param oneOf    the accepted versions; null if every version is accepted
public record ExpectedVersion(boolean demanded, Integer @Nullable [] oneOf) {
    /// No expectation.
    public static final ExpectedVersion NONE = new ExpectedVersion(false, null);

    public boolean accepts(int version) {
        if (oneOf == null) {
            return true;
        }
        for (int accepted : oneOf) {
            if (accepted == version) {
                return true;
            }
        }
        return false;
    }
}
