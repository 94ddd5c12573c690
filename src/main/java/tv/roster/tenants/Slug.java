package tv.roster.tenants;

import java.util.regex.Pattern;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

/// A tenant's short name in addresses and commands: lower-case letters and digits, with single hyphens between
/// them.
public record Slug(String value) {
    private static final int LONGEST = 63;
    private static final Pattern FORM = Pattern.compile("[a-z0-9](-?[a-z0-9])*+");

    public Slug {
        if (value.length() > LONGEST) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "A slug has at most " + LONGEST + " characters.");
        }
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue(
                    "A slug has lower-case letters, digits and single hyphens between them, such as north-tv.");
        }
    }

    public static Slug parse(String text) {
        return new Slug(text);
    }
}
