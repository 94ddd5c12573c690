package tv.roster.users;

import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.InvalidValue;
import tv.roster.jsonapi.Text;

/// The BSS's own id of a user: 1 to 128 code points, compared byte for byte; spaces count like anything else.
public record ExternalId(String value) {
    private static final int LONGEST = 128;

    public ExternalId {
        if (value.isEmpty()) {
            throw new InvalidValue("An external id is not empty; send null for none.");
        }
        if (Text.isLongerThan(value, LONGEST)) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "An external id has at most " + LONGEST + " characters.");
        }
        Text.refuseControlCharacters(value);
    }

    public static ExternalId parse(String text) {
        return new ExternalId(text);
    }
}
