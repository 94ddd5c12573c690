package tv.roster.values.domains;

import java.util.Locale;
import tv.roster.platform.problems.InvalidValue;

/// The name of a mail domain: which names are valid, to which form mails are sent, and when two names are equal.
/// All three use the same mapping, since otherwise a mail might be sent to somebody else's domain.
///
/// The rules are those of RFC 5321 section 4.1.2, RFC 1035 section 2.3, and IDNA 2008 (RFC 5890 to 5893) beyond
/// ASCII. They are stricter than the grammar for two common mistakes: a name must contain a dot (`user@localhost`
/// and `joe@gmail` are rejected; RFC 7085 explains why names without dots do not work), and the last label must not
/// consist only of digits (`user@192.0.2.1`; RFC 3696 section 2).
public final class DomainName {
    private static final int LONGEST = 253; // RFC 1035 section 2.3.4: 255 octets on the wire, in ASCII form
    private static final int LONGEST_LABEL = 63;
    private static final String ASCII_FORM = "xn--";

    private DomainName() {}

    /// The name as DNS uses it: in ASCII, in lower case. For an invalid domain, throws an [InvalidValue] that says
    /// what is wrong with it.
    public static String toAscii(String domain) {
        checkLabels(domain);
        var ascii = isInternational(domain) ? InternationalName.toAscii(domain) : domain.toLowerCase(Locale.ROOT);
        if (ascii.length() > LONGEST) {
            throw tooLong();
        }
        int lastDot = ascii.lastIndexOf('.');
        if (lastDot < 0) {
            throw new InvalidValue("The domain has no dot; send it in full, such as example.com.");
        }
        if (ascii.substring(lastDot + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidValue("The domain ends in a number; an IP address is written in brackets.");
        }
        return ascii;
    }

    /// The key by which domains are compared and sorted: the lower-case form, in Unicode if it is international. A
    /// text that is not a domain is returned unchanged, or nearly so.
    public static String key(String domain) {
        if (domain.length() > 2 * LONGEST) {
            return domain;
        }
        return isInternational(domain) ? InternationalName.key(domain) : domain.toLowerCase(Locale.ROOT);
    }

    /// Whether it contains letters beyond ASCII, or is the ASCII form of such a name.
    private static boolean isInternational(String domain) {
        for (int at = 0; at < domain.length(); at++) {
            if (domain.charAt(at) >= 0x80) {
                return true;
            }
        }
        return domain.toLowerCase(Locale.ROOT).contains(ASCII_FORM);
    }

    private static void checkLabels(String domain) {
        if (domain.isEmpty()) {
            throw new InvalidValue("There is no domain after the @.");
        }
        if (domain.length() > 2 * LONGEST) {
            throw tooLong();
        }
        for (var label : domain.split("\\.", -1)) {
            if (label.isEmpty()) {
                throw new InvalidValue("The domain begins or ends with a dot, or has two dots in a row.");
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                throw new InvalidValue("A part of the domain begins or ends with a hyphen.");
            }
            if (label.length() > LONGEST_LABEL) {
                throw tooLongLabel();
            }
            label.chars()
                    .filter(c -> c < 0x80 && !isLetterOrDigit(c) && c != '-')
                    .forEach(c -> {
                        throw refused(c);
                    });
        }
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static InvalidValue refused(int character) {
        return new InvalidValue(String.format(
                Locale.ROOT,
                "The domain has a character that no domain may have there: %s (U+%04X).",
                Character.toString(character),
                character));
    }

    private static InvalidValue tooLong() {
        return new InvalidValue("The domain has more than " + LONGEST + " characters in its ASCII form.");
    }

    static InvalidValue tooLongLabel() {
        return new InvalidValue("A part of the domain has more than " + LONGEST_LABEL + " characters (in ASCII form).");
    }
}
