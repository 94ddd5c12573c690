package tv.roster.users.values;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.text.Text;

/// The BSS's own id of a user: 1 to 128 code points, compared byte for byte. Spaces are allowed within it, but not
/// at its ends, where they come from careless exports and would create a second user for the same customer.
public record ExternalId(String value) {
    private static final int LONGEST = 128;

    public ExternalId {
        if (value.isEmpty()) {
            throw new InvalidValue("An external id has 1 to " + LONGEST + " characters; send null for none.");
        }
        if (Text.isLongerThan(value, LONGEST)) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "An external id has at most " + LONGEST + " characters.");
        }
        Text.refuseControlCharacters(value);
        if (Text.isInvisible(value.codePointAt(0)) || Text.isInvisible(value.codePointBefore(value.length()))) {
            throw new InvalidValue(
                    "An external id has no white space, and nothing else that cannot be seen, at its start"
                            + " or at its end; leave it out.");
        }
    }

    public static ExternalId parse(String text) {
        return new ExternalId(text);
    }
}
