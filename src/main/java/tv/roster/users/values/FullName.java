package tv.roster.users.values;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import tv.roster.values.text.Text;

/// A user's full name, stored byte for byte: 1 to 256 code points without the white space around it.
public record FullName(String value) {
    public static final int LONGEST = 256;

    public FullName {
        Text.checkName(value, LONGEST);
    }

    public static FullName parse(String text) {
        return new FullName(text);
    }

    /// The lower-case form; names are sorted by its code points (Java's `compareTo` would compare UTF-16 units).
    public String sortKey() {
        return sortKey(value);
    }

    /// The same for a stored name.
    public static String sortKey(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The name in the form of [#fold], in which searches look.
    public String folded() {
        return fold(value);
    }

    /// A text without case, accents and superfluous white space, so that `jose  MULLER` matches `José Müller`. May
    /// be empty, and up to 18 times as long as the text. Folding is idempotent.
    public static String fold(String text) {
        // A spacing acute accent, typed as an apostrophe, would be decomposed into a space and an accent.
        String apart = Normalizer.normalize(text.replace('\u00B4', '\''), Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(character -> !isAccent(character) && Character.getType(character) != Character.FORMAT)
                .forEach(character -> append(folded, character));
        // Composed again, since otherwise half of a Korean syllable would match another one.
        return Normalizer.normalize(Text.strip(folded.toString()), Normalizer.Form.NFC);
    }

    private static void append(StringBuilder folded, int character) {
        if (!Text.isSpace(character)) {
            folded.append(plain(Text.foldCase(Character.toString(character))));
        } else if (folded.isEmpty() || folded.charAt(folded.length() - 1) != ' ') {
            folded.append(' ');
        }
    }

    /// Marks that people omit when they search: those of the European scripts, Hebrew and Arabic. In other scripts,
    /// marks are vowels and parts of letters, and so are the voicing marks of Japanese (U+3099, U+309A).
    private static boolean isAccent(int character) {
        if (Character.getType(character) != Character.NON_SPACING_MARK || character == 0x3099 || character == 0x309A) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.INHERITED
                || script == UnicodeScript.HEBREW
                || script == UnicodeScript.ARABIC
                || script == UnicodeScript.CYRILLIC;
    }

    /// Letters that Unicode does not decompose, in the form that people type who do not have the key.
    private static String plain(String letter) {
        return switch (letter) {
            case "ß" -> "ss";
            case "æ" -> "ae";
            case "œ" -> "oe";
            case "þ" -> "th";
            case "ø" -> "o";
            case "đ", "ð", "ɖ" -> "d";
            case "ł" -> "l";
            case "ħ" -> "h";
            case "ŧ" -> "t";
            case "ŋ" -> "n";
            case "ı" -> "i";
            case "\u2018", "\u2019", "\u02BC", "`" -> "'";
            case "\u2010", "\u2011", "\u2012", "\u2013", "\u2014" -> "-";
            default -> letter;
        };
    }
}
