package tv.roster.access.allowlist;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;

/// One element of a forwarding header: its address, or null if the element hides it.
record Hop(@Nullable IpAddress address) {
    static final Hop HIDDEN = new Hop(null);

    private static final Pattern OBFUSCATED = Pattern.compile("_[A-Za-z0-9._-]+");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int HIGHEST_PORT = 65_535;

    /// A `for=` value (RFC 7239 section 6) without its quotes: IPv6 is in brackets, a port may follow.
    static Hop parseForwarded(String node, int position) {
        int end = endOfName(node);
        String name = node.substring(0, end);
        if (end < node.length()) {
            String port = node.substring(end + 1);
            require(
                    node.charAt(end) == ':'
                            && (isPort(port) || OBFUSCATED.matcher(port).matches()),
                    position);
        }
        boolean hidden =
                name.equalsIgnoreCase("unknown") || OBFUSCATED.matcher(name).matches();
        return hidden ? HIDDEN : literal(name, position);
    }

    /// An element of `X-Forwarded-For`, which has no standard: an address, IPv6 with or without brackets, IPv4 and
    /// bracketed IPv6 with or without a port, or `unknown`.
    static Hop parseXForwardedFor(String element, int position) {
        if (element.equalsIgnoreCase("unknown")) {
            return HIDDEN;
        }
        IpAddress bare = AddressText.parse(element);
        if (bare != null) {
            return new Hop(bare);
        }
        int end = endOfName(element);
        if (end < element.length()) {
            require(element.charAt(end) == ':' && isPort(element.substring(end + 1)), position);
        }
        return literal(element.substring(0, end), position);
    }

    /// The position of the colon before the port, or the end.
    private static int endOfName(String node) {
        int end = node.startsWith("[") ? node.indexOf(']') + 1 : node.indexOf(':');
        return end < 0 ? node.length() : end;
    }

    private static boolean isPort(String port) {
        return PORT.matcher(port).matches() && Integer.parseInt(port) <= HIGHEST_PORT;
    }

    /// IPv4 without brackets, IPv6 in brackets.
    private static Hop literal(String name, int position) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String text = bracketed ? name.substring(1, name.length() - 1) : name;
        require(bracketed == text.contains(":"), position);
        IpAddress address = AddressText.parse(text);
        require(address != null, position);
        return new Hop(address);
    }

    private static void require(boolean wellFormed, int position) {
        if (!wellFormed) {
            throw new InvalidValue("its element " + position + " is not an address");
        }
    }
}
