package tv.roster.domains;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import tv.roster.jsonapi.InvalidValue;

/// The rules of a mail domain's name: RFC 5321 section 4.1.2, RFC 1035 section 2.3, and RFC 5890 to 5893 beyond
/// ASCII.
///
/// Stricter than the grammar in two things that are slips in practice: there is a dot (`user@localhost` and
/// `joe@gmail` are refused; RFC 7085 tells why names without dots do not work), and the last label is not all digits
/// (`user@192.0.2.1`; RFC 3696 section 2). More lenient in one: capitals beyond ASCII are taken as lower-case (RFC
/// 5895). Labels in ASCII form need only decode: the name system does not know what RFC 5892 lacks, emoji for one.
public final class DomainName {
    private static final int LONGEST = 253; // RFC 1035 section 2.3.4: 255 octets on the wire, in ASCII form
    private static final int LONGEST_LABEL = 63;
    private static final String ASCII_FORM = "xn--";

    private DomainName() {}

    /// Throws an [InvalidValue] that says what is wrong. Looks at each character a bounded number of times.
    public static void check(String domain) {
        if (domain.isEmpty()) {
            throw new InvalidValue("There is no domain after the @.");
        }
        int length = -1;
        int start = 0;
        while (start <= domain.length()) {
            int dot = domain.indexOf('.', start);
            int end = dot < 0 ? domain.length() : dot;
            length += 1 + checkLabel(domain.substring(start, end));
            start = end + 1;
        }
        if (length > LONGEST) {
            throw new InvalidValue("The domain has more than " + LONGEST + " characters in its ASCII form.");
        }
        int lastDot = domain.lastIndexOf('.');
        if (lastDot < 0) {
            throw new InvalidValue("The domain has no dot; send it in full, such as example.com.");
        }
        if (domain.substring(lastDot + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidValue("The domain ends in a number; an IP address is written in brackets.");
        }
    }

    /// The label's length in ASCII form.
    private static int checkLabel(String label) {
        if (label.isEmpty()) {
            throw new InvalidValue("The domain begins or ends with a dot, or has two dots in a row.");
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            throw new InvalidValue("A part of the domain begins or ends with a hyphen.");
        }
        if (label.length() > 2 * LONGEST_LABEL) {
            throw tooLongLabel();
        }
        boolean ascii = label.chars().allMatch(c -> c < 0x80);
        int length = ascii ? checkAscii(label) : checkInternational(label.toLowerCase(Locale.ROOT));
        if (length > LONGEST_LABEL) {
            throw tooLongLabel();
        }
        return length;
    }

    private static int checkAscii(String label) {
        for (int at = 0; at < label.length(); at++) {
            char c = label.charAt(at);
            if (!isLetterOrDigit(c) && c != '-') {
                throw refused(c);
            }
        }
        if (label.regionMatches(true, 0, ASCII_FORM, 0, ASCII_FORM.length()) && !decodes(label)) {
            throw new InvalidValue("A part of the domain begins with xn-- but stands for no international name.");
        }
        return label.length();
    }

    /// RFC 5890 section 2.3.2.1: what an A-label is the form of has that A-label as its form.
    private static boolean decodes(String label) {
        String encoded = label.substring(ASCII_FORM.length()).toLowerCase(Locale.ROOT);
        return Punycode.decode(encoded)
                .filter(text -> text.chars().anyMatch(c -> c >= 0x80))
                .filter(text -> text.codePoints().allMatch(DomainName::isSeen))
                .filter(text -> text.equals(text.toLowerCase(Locale.ROOT)))
                .filter(text -> Normalizer.isNormalized(text, Normalizer.Form.NFC))
                .filter(text -> Punycode.encode(text).equals(encoded))
                .isPresent();
    }

    /// RFC 5891 section 4.2, with the classes of RFC 5892 as far as the JDK knows them.
    private static int checkInternational(String label) {
        if (!Normalizer.isNormalized(label, Normalizer.Form.NFKC)) {
            throw new InvalidValue(
                    "A part of the domain is not in its normal form (Unicode NFC, without wide letters).");
        }
        if (isMark(label.codePointAt(0)) || label.startsWith("--", 2)) {
            throw new InvalidValue(
                    "A part of the domain begins with a mark, or has -- as its third and fourth character.");
        }
        for (int at = 0; at < label.length(); at += Character.charCount(label.codePointAt(at))) {
            int character = label.codePointAt(at);
            if (!isPlain(character) && !isFitting(label, at)) {
                throw refused(character);
            }
        }
        if (!BidiRule.holds(label)) {
            throw new InvalidValue("A part of the domain mixes directions of writing in a way that RFC 5893 forbids.");
        }
        return ASCII_FORM.length() + Punycode.encode(label).length();
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> !Character.isSpaceChar(character);
        };
    }

    private static boolean isPlain(int character) {
        if (character < 0x80) {
            return isLetterOrDigit(character) || character == '-';
        }
        return (Character.isLetter(character)
                        || isMark(character)
                        || Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER)
                && !isInvisible(character);
    }

    /// Marks and letters of jamo that show nothing by themselves (RFC 5892 sections 2.3 and 2.9).
    private static boolean isInvisible(int character) {
        return character == 0x034F
                || (character >= 0x1100 && character <= 0x11FF)
                || character == 0x17B4
                || character == 0x17B5
                || (character >= 0x180B && character <= 0x180F)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0100 && character <= 0xE01EF);
    }

    /// RFC 5892 appendix A. Joiners are allowed between letters and marks of any script: which letters join, and
    /// which marks are viramas, the JDK does not tell.
    private static boolean isFitting(String label, int at) {
        if (at == 0) {
            return false;
        }
        int before = label.codePointBefore(at);
        int after = at + 1 < label.length() ? label.codePointAt(at + 1) : 0;
        return switch (label.codePointAt(at)) {
            case 0x00B7 -> before == 'l' && after == 'l';
            case 0x0375 -> UnicodeScript.of(after) == UnicodeScript.GREEK;
            case 0x05F3, 0x05F4 -> UnicodeScript.of(before) == UnicodeScript.HEBREW;
            case 0x30FB -> label.codePoints().anyMatch(DomainName::isJapanese);
            case 0x200C, 0x200D -> before >= 0x80 && isPlain(before) && after >= 0x80 && isPlain(after);
            default -> false;
        };
    }

    private static boolean isJapanese(int character) {
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA || script == UnicodeScript.HAN;
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static InvalidValue refused(int character) {
        return new InvalidValue(String.format(
                Locale.ROOT,
                "The domain has a character that no domain may have there: %s (U+%04X).",
                Character.toString(character),
                character));
    }

    private static InvalidValue tooLongLabel() {
        return new InvalidValue("A part of the domain has more than " + LONGEST_LABEL + " characters (in ASCII form).");
    }
}
