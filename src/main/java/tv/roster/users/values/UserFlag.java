package tv.roster.users.values;

import java.util.regex.Pattern;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

/// A flag that a user may carry: built in, or of the tenant's own catalogue. They sort as they are spelt.
public record UserFlag(String value) implements Comparable<UserFlag> {
    private static final int LONGEST = 64;
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]*+");

    /// May watch, may not buy.
    public static final UserFlag LICENSE_PURCHASE_RESTRICTED = new UserFlag("LICENSE_PURCHASE_RESTRICTED");

    public UserFlag {
        if (value.length() > LONGEST) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "A flag has at most 64 characters.");
        }
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("A flag is written in capitals A to Z, digits and `_`, and begins with a capital.");
        }
    }

    /// Checks the form alone; whether the tenant's catalogue has the flag is another question.
    public static UserFlag parse(String text) {
        return new UserFlag(text);
    }

    @Override
    public int compareTo(UserFlag other) {
        return value.compareTo(other.value);
    }
}
