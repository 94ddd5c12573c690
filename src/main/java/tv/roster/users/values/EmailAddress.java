package tv.roster.users.values;

import java.net.Inet6Address;
import java.util.Locale;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.domains.DomainName;
import tv.roster.values.domains.Joiners;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.text.Text;

/// A mailbox according to RFC 5321 section 4.1.2, with the letters of all scripts (RFC 6531), stored byte for byte.
///
/// Only the address is accepted: no display name, comment, surrounding white space or obsolete form of RFC 5322.
/// Quoted local parts and address literals (`[192.0.2.1]`, `[IPv6:2001:db8::1]`) are accepted; [DomainName] has the
/// rules for domains.
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64; // octets, RFC 5321 section 4.5.3.1.1
    private static final String ATOM_SIGNS = "!#$%&'*+-/=?^_`{|}~"; // RFC 5322 section 3.2.3

    public EmailAddress {
        if (Text.isLongerThan(value, LONGEST)) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "An e-mail address has at most " + LONGEST + " characters.");
        }
        Text.refuseControlCharacters(value);
        int at = value.startsWith("\"") ? endOfQuotes(value) : value.indexOf('@');
        if (at < 0 || at >= value.length() || value.charAt(at) != '@') {
            throw new InvalidValue("An e-mail address has a local part, an @ and a domain, such as user@example.com.");
        }
        checkLocalPart(value.substring(0, at));
        checkDomain(value.substring(at + 1));
    }

    public static EmailAddress parse(String text) {
        return new EmailAddress(text);
    }

    /// The key by which addresses are compared and sorted.
    public String key() {
        return MailboxKey.of(value);
    }

    /// The index after the closing quotation mark, or -1. Checks the content (qtextSMTP and quoted-pairSMTP).
    private static int endOfQuotes(String value) {
        for (int at = 1; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
                if (at == value.length() || value.charAt(at) >= 0x80) {
                    throw new InvalidValue(
                            "In a quoted local part, a backslash must be followed by an ASCII character.");
                }
            }
        }
        return -1;
    }

    private static void checkLocalPart(String local) {
        if (local.isEmpty()) {
            throw new InvalidValue("There is nothing before the @.");
        }
        boolean quoted = local.startsWith("\"");
        if (!quoted && (local.startsWith(".") || local.endsWith(".") || local.contains(".."))) {
            throw new InvalidValue("The part before the @ begins or ends with a dot, or has two dots in a row.");
        }
        int octets = 0;
        for (int at = 0; at < local.length(); at += Character.charCount(local.codePointAt(at))) {
            int character = local.codePointAt(at);
            octets += octets(character);
            if (character < 0x80 ? !quoted && !isAtom(character) : isInvisible(local, at)) {
                throw refused(character);
            }
        }
        if (octets > LONGEST_LOCAL_PART) {
            throw new InvalidValue(
                    "The part before the @ must have at most " + LONGEST_LOCAL_PART + " octets (in UTF-8).");
        }
    }

    private static void checkDomain(String domain) {
        if (domain.startsWith("[")) {
            if (!domain.endsWith("]") || !isAddress(domain.substring(1, domain.length() - 1))) {
                throw new InvalidValue(
                        "An address in brackets must be an IP address: [192.0.2.1] or [IPv6:2001:db8::1].");
            }
        } else if (domain.indexOf('@') >= 0) {
            throw new InvalidValue("There is more than one @.");
        } else {
            var _ = DomainName.toAscii(domain);
        }
    }

    /// RFC 5321 section 4.1.3; no other kinds of literal have been registered.
    private static boolean isAddress(String literal) {
        if (!literal.regionMatches(true, 0, "IPv6:", 0, 5)) {
            return isIpv4(literal);
        }
        String address = literal.substring(5);
        // Zones, and brackets within the brackets, which the JDK would accept, are rejected.
        if (address.indexOf(':') < 0
                || !address.chars().allMatch(c -> c < 0x80 && (Character.digit(c, 16) >= 0 || c == ':' || c == '.'))) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(address);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /// Four decimal numbers from 0 to 255; `InetAddress` would also accept 127.1 and 0x7f.0.0.1.
    private static boolean isIpv4(String literal) {
        int numbers = 0;
        int start = 0;
        while (start <= literal.length()) {
            int dot = literal.indexOf('.', start);
            int end = dot < 0 ? literal.length() : dot;
            String number = literal.substring(start, end);
            if (number.isEmpty()
                    || number.length() > 3
                    || !number.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(number) > 255) {
                return false;
            }
            numbers++;
            start = end + 1;
        }
        return numbers == 4;
    }

    private static boolean isAtom(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || ATOM_SIGNS.indexOf(c) >= 0;
    }

    /// Characters that get into an address by copying, or in order to imitate another one. Joiners are part of some
    /// words.
    private static boolean isInvisible(String local, int at) {
        int character = local.codePointAt(at);
        boolean joiner = character == 0x200C || character == 0x200D;
        return joiner ? !Joiners.isFitting(local, at) : Text.isInvisible(character);
    }

    private static int octets(int character) {
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    private static InvalidValue refused(int character) {
        if (character == '<') {
            return new InvalidValue("Send the address alone, without a name and without < and >.");
        }
        return new InvalidValue(String.format(
                Locale.ROOT,
                "The part before the @ has a character that is not allowed there: %s (U+%04X).",
                Text.isInvisible(character) ? "one that cannot be seen" : Character.toString(character),
                character));
    }
}
