package tv.roster.users.values;

import java.util.regex.Pattern;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

/// A flag that a user can have: built in, or from the tenant's own catalogue. Flags are sorted by their text.
public record UserFlag(String value) implements Comparable<UserFlag> {
    private static final int LONGEST = 64;
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]*+");

    /// Can watch, but not buy.
    public static final UserFlag LICENSE_PURCHASE_RESTRICTED = new UserFlag("LICENSE_PURCHASE_RESTRICTED");

    public UserFlag {
        if (value.length() > LONGEST) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "A flag has at most 64 characters.");
        }
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("A flag is written in capitals A to Z, digits and `_`, and begins with a capital.");
        }
    }

    /// Checks only the form, not whether the tenant's catalogue contains the flag.
    public static UserFlag parse(String text) {
        return new UserFlag(text);
    }

    @Override
    public int compareTo(UserFlag other) {
        return value.compareTo(other.value);
    }
}
