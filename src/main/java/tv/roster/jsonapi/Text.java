package tv.roster.jsonapi;

import java.util.Locale;

/// Rules that texts of every kind share: what counts as a character, and which characters no text may have.
public final class Text {
    /// White space around a name is not counted, but it is kept, so it has a bound of its own: in UTF-16 units, and
    /// such
    /// that no name has more bytes than an index entry of PostgreSQL takes (2,704).
    private static final int LONGEST_RAW_NAME = 768;

    private Text() {}

    /// The number of Unicode code points.
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Whether there are more than `limit` code points; does not walk through a text that is longer anyway.
    public static boolean isLongerThan(String text, int limit) {
        return text.length() > 2 * limit || length(text) > limit;
    }

    /// Refuses control characters (Unicode's category Cc, NUL among them) and halves of surrogate pairs.
    public static void refuseControlCharacters(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int character = text.codePointAt(at);
            if (Character.getType(character) == Character.CONTROL) {
                throw new InvalidValue("The text has a control character, " + place(text, at) + "; leave it out.");
            }
            if (Character.getType(character) == Character.SURROGATE) {
                throw new InvalidValue(
                        "The text has half of a surrogate pair, " + place(text, at) + ", which is no text.");
            }
        }
    }

    /// Checks a name that people read: 1 to `limit` code points, white space around it not counted.
    ///
    /// Beside control characters it refuses line and paragraph separators, and the marks that embed, isolate
    /// or override the direction of what follows (U+202A to U+202E, U+2066 to U+2069), with which a name could
    /// rearrange the page around it. Joiners (U+200C, U+200D) and the plain marks U+200E, U+200F and U+061C
    /// belong to real names.
    public static void checkName(String name, int limit) {
        if (name.length() > LONGEST_RAW_NAME || isLongerThan(strip(name), limit)) {
            throw new InvalidValue(
                    ErrorCode.TOO_LONG,
                    "A name has at most " + limit + " characters (and at most " + LONGEST_RAW_NAME
                            + " with the white space around it).");
        }
        refuseControlCharacters(name);
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            if (breaksLineOrDirection(name.codePointAt(at))) {
                throw new InvalidValue("The name has a character that breaks lines or turns the direction of writing, "
                        + place(name, at) + "; leave it out.");
            }
        }
        if (!isVisible(name)) {
            throw new InvalidValue("The name has nothing to be seen.");
        }
    }

    /// Whether there is anything but white space and invisible format characters.
    public static boolean isVisible(String text) {
        return text.codePoints().anyMatch(c -> !isSpace(c) && Character.getType(c) != Character.FORMAT);
    }

    /// White space as Unicode has it, no-break spaces included, which `String.strip` leaves alone.
    public static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /// The text without the white space around it.
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        // No white space lies outside the basic plane, so single chars will do.
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// Makes texts that differ in case alone equal.
    ///
    /// It is the lower-case form, taken letter by letter by way of the upper-case form. `String.toLowerCase`
    /// would not do: it writes Σ as ς or σ by what stands around it, so that a text and its upper-case form
    /// could differ. The letters ı and İ stay apart from i, as in Unicode's case folding (they are letters of
    /// their own, and have been used to pass for an i in somebody else's address); ß stays apart from ss.
    public static String foldCase(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(character -> {
            if (character == 'İ') {
                folded.append("i\u0307"); // as its other spelling, I and a dot above, is folded
            } else {
                folded.appendCodePoint(foldCase(character));
            }
        });
        return folded.toString();
    }

    private static int foldCase(int character) {
        return character == 'ı' ? character : Character.toLowerCase(Character.toUpperCase(character));
    }

    private static boolean breaksLineOrDirection(int character) {
        return character == 0x2028
                || character == 0x2029
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    private static String place(String text, int at) {
        return String.format(
                Locale.ROOT, "U+%04X, as character %d", text.codePointAt(at), text.codePointCount(0, at) + 1);
    }
}
