package tv.roster.access.allowlist;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import tv.roster.platform.problems.InvalidValue;

/// An IPv4 or IPv6 address as 128 bits; IPv4 is stored in its IPv4-mapped form, so that both spellings are equal.
public record IpAddress(long high, long low) {
    static final int MAPPED_BITS = 96;

    private static final long MAPPED = 0xffff_0000_0000L;

    /// Parses a literal: four decimal numbers with dots, or RFC 4291 section 2.2. Ports, brackets, zones, octal
    /// numbers and short forms such as `127.1` are not accepted. Throws [InvalidValue].
    public static IpAddress parse(String text) {
        IpAddress address = AddressText.parse(text);
        if (address == null) {
            throw new InvalidValue(
                    "Must be an IPv4 address such as 192.0.2.10, or an IPv6 address such as 2001:db8::1.");
        }
        return address;
    }

    /// The address without its zone.
    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES
                ? ofIpv4(bytes.getInt())
                : new IpAddress(bytes.getLong(), bytes.getLong());
    }

    /// The IPv4 address of these 32 bits, the first octet highest.
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(0, MAPPED | Integer.toUnsignedLong(bits));
    }

    public boolean isIpv4() {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
    }

    /// The canonical text: dotted for IPv4, RFC 5952 for IPv6.
    @Override
    public String toString() {
        return AddressText.format(this);
    }
}
