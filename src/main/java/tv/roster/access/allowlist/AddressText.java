package tv.roster.access.allowlist;

import org.jspecify.annotations.Nullable;

/// Parses and formats addresses. The JDK's own parser accepts `127.1`, long groups and zones; this one is strict.
final class AddressText {
    private static final int GROUPS = 8;
    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    private AddressText() {}

    static @Nullable IpAddress parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.indexOf(':') >= 0) {
            return parseIpv6(text);
        }
        long bits = parseIpv4(text, 0, text.length());
        return bits < 0 ? null : IpAddress.ofIpv4((int) bits);
    }

    /// The 32 bits, or -1.
    private static long parseIpv4(String text, int from, int to) {
        long bits = 0;
        int start = from;
        for (int octet = 0; octet < 4; octet++) {
            int end = octet < 3 ? text.indexOf('.', start) : to;
            int value = end < 0 || end > to ? -1 : octet(text, start, end);
            if (value < 0) {
                return -1;
            }
            bits = (bits << 8) | value;
            start = end + 1;
        }
        return bits;
    }

    private static int octet(String text, int from, int to) {
        int digits = to - from;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < to; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value <= 255 ? value : -1;
    }

    private static @Nullable IpAddress parseIpv6(String text) {
        int[] groups = new int[GROUPS];
        int gap = text.indexOf("::");
        if (gap < 0) {
            return readGroups(text, 0, text.length(), groups) == GROUPS ? join(groups) : null;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] tail = new int[GROUPS];
        int before = readGroups(text, 0, gap, groups);
        int after = readGroups(text, gap + 2, text.length(), tail);
        if (before < 0 || after < 0 || before + after >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, groups, GROUPS - after, after);
        return join(groups);
    }

    /// Returns the number of groups between the two positions, or -1 if the text there is invalid.
    private static int readGroups(String text, int from, int to, int[] groups) {
        int count = 0;
        int start = from;
        while (from < to && start <= to) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 || colon > to ? to : colon;
            int read = readGroup(text, start, end, groups, count);
            if (read < 0) {
                return -1;
            }
            count += read;
            start = end + 1;
        }
        return count;
    }

    /// Reads one group of hexadecimal digits, or the two groups that an IPv4 address at the very end stands for.
    private static int readGroup(String text, int from, int to, int[] groups, int index) {
        int dot = text.indexOf('.', from);
        if (dot >= 0 && dot < to) {
            long bits = to == text.length() && index <= GROUPS - 2 ? parseIpv4(text, from, to) : -1;
            if (bits < 0) {
                return -1;
            }
            groups[index] = (int) (bits >>> 16);
            groups[index + 1] = (int) bits & 0xffff;
            return 2;
        }
        if (index >= GROUPS || to == from || to - from > 4) {
            return -1;
        }
        for (int at = from; at < to; at++) {
            int digit = hexDigit(text.charAt(at));
            if (digit < 0) {
                return -1;
            }
            groups[index] = (groups[index] << 4) | digit;
        }
        return 1;
    }

    /// ASCII only: `Character.digit` accepts the digits of every script.
    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static IpAddress join(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = (high << 16) | groups[i];
            low = (low << 16) | groups[GROUPS / 2 + i];
        }
        return new IpAddress(high, low);
    }

    static String format(IpAddress address) {
        long low = address.low();
        if (address.isIpv4()) {
            return (low >>> 24 & 255) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS / 2; i++) {
            groups[i] = (int) (address.high() >>> (48 - 16 * i)) & 0xffff;
            groups[GROUPS / 2 + i] = (int) (low >>> (48 - 16 * i)) & 0xffff;
        }
        return formatIpv6(groups);
    }

    /// RFC 5952 section 4: the first of the longest runs of two or more zero groups becomes `::`.
    private static String formatIpv6(int[] groups) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zerosFrom(groups, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder(LONGEST);
        int i = 0;
        while (i < GROUPS) {
            if (i == runStart) {
                text.append("::");
                i += runLength;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
                i++;
            }
        }
        return text.toString();
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}
