package tv.roster.values.text;

import java.text.Normalizer;
import java.util.Locale;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

/// Rules that all texts share: what counts as a character, and which characters are not allowed.
public final class Text {
    /// White space around a name is stored but does not count towards its length, so it needs a limit of its own,
    /// in UTF-16 units. With it, no name has more bytes than fit into an index entry of PostgreSQL (2,704).
    private static final int LONGEST_RAW_NAME = 768;

    private Text() {}

    /// The number of Unicode code points.
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Whether there are more than `limit` code points; does not iterate over a text that is obviously longer.
    public static boolean isLongerThan(String text, int limit) {
        return text.length() > 2 * limit || length(text) > limit;
    }

    /// Throws [InvalidValue] for control characters (Unicode's category Cc, including NUL) and lone surrogates.
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

    /// Checks a name that people read: 1 to `limit` code points without the white space around it.
    ///
    /// In addition to control characters, it rejects line and paragraph separators, and the marks that embed,
    /// isolate or override the direction of the text after them (U+202A to U+202E, U+2066 to U+2069), with which a
    /// name could rearrange the page around it. Joiners (U+200C, U+200D) and the plain marks U+200E, U+200F and
    /// U+061C are part of real names and are accepted.
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
            throw new InvalidValue("The name has no character that can be seen.");
        }
    }

    /// Whether any character is visible; a text without one is treated as empty.
    public static boolean isVisible(String text) {
        return text.codePoints().anyMatch(character -> !isInvisible(character));
    }

    /// Whether a character is invisible, at least by itself: white space, controls, characters without a defined
    /// appearance (unassigned code points, noncharacters, private use), and characters that Unicode tells renderers
    /// to ignore.
    public static boolean isInvisible(int character) {
        if (character < 0x80) {
            return character <= ' ' || character == 0x7F;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.OTHER_LETTER, Character.NON_SPACING_MARK, Character.OTHER_SYMBOL -> isBlank(character);
            default -> false;
        };
    }

    /// The letters, marks and signs that are invisible: those with the property Default_Ignorable_Code_Point, which
    /// the JDK does not support (Hangul fillers, variation selectors, Khmer inherent vowels), and those with a
    /// blank glyph (in Braille, Egyptian, Khitan and music).
    private static boolean isBlank(int character) {
        return character == 0x034F
                || (character >= 0x115F && character <= 0x1160)
                || (character >= 0x17B4 && character <= 0x17B5)
                || (character >= 0x180B && character <= 0x180F)
                || character == 0x2800
                || character == 0x3164
                || (character >= 0xFE00 && character <= 0xFE0F)
                || character == 0xFFA0
                || (character >= 0x13441 && character <= 0x13442)
                || character == 0x16FE4
                || character == 0x1D159
                || (character >= 0xE0100 && character <= 0xE01EF);
    }

    /// The number of characters that a reader sees, as far as code points show: without marks, surrounding white
    /// space, and invisible characters.
    public static long characters(String text) {
        return Normalizer.normalize(strip(text), Normalizer.Form.NFC)
                .codePoints()
                .filter(character -> !isMark(character) && (isSpace(character) || !isInvisible(character)))
                .count();
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /// White space as defined by Unicode, including no-break spaces, which `String.strip` ignores.
    public static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /// The text without the white space around it.
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        // All white space is in the basic plane, so single chars are sufficient.
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// Maps texts that differ only in case to the same text.
    ///
    /// Each letter is converted to upper case and then to lower case. `String.toLowerCase` would not be sufficient:
    /// it maps Σ to ς or σ depending on the adjacent letters, so that a text and its upper-case form could differ.
    /// The letters ı and İ remain different from i, as in Unicode's case folding: they are separate letters, and
    /// have been used to imitate an i in somebody else's address. ß remains different from ss.
    public static String foldCase(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(character -> {
            if (character == 'İ') {
                folded.append("i\u0307"); // like its other spelling, I with a combining dot above
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
