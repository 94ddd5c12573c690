package tv.roster.platform.jsonapi;

import tv.roster.platform.problems.InvalidValue;

/// Reads the times in query parameters.
public final class QueryTimes {
    /// The end of the year 9999.
    private static final long LATEST = 253_402_300_799L;

    private static final int MOST_DIGITS = 18;

    private QueryTimes() {}

    /// Parses whole epoch seconds; leading zeros are allowed.
    public static long seconds(String text) {
        boolean isWhole = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        if (!isWhole || Long.parseLong(text) > LATEST) {
            throw new InvalidValue("A time is given in whole epoch seconds.");
        }
        return Long.parseLong(text);
    }
}
