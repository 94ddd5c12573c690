package tv.roster.access.allowlist;

import tv.roster.platform.problems.InvalidValue;

/// A network of addresses, such as `192.0.2.0/24`: the prefix has 0 to 32 bits for IPv4, 0 to 128 for IPv6.
public record CidrBlock(IpAddress network, int prefix) {
    public CidrBlock {
        int longest = network.isIpv4() ? 32 : 128;
        if (prefix < 0 || prefix > longest) {
            throw new InvalidValue("The prefix length of " + network + " must be 0 to " + longest + ".");
        }
        int bits = bits(network, prefix);
        IpAddress masked = new IpAddress(network.high() & highMask(bits), network.low() & lowMask(bits));
        if (!masked.equals(network)) {
            throw new InvalidValue(
                    "%s/%d is an address within a network: for the network write %s/%d, for the address alone %s."
                            .formatted(network, prefix, masked, prefix, network));
        }
    }

    /// Parses `address/prefix`, or a single address as the block of only that address. IPv4-mapped IPv6 blocks
    /// become IPv4. Throws [InvalidValue], also if bits to the right of the prefix are set.
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        IpAddress address = AddressText.parse(literal);
        if (address == null) {
            throw new InvalidValue("Must be a CIDR block such as 192.0.2.0/24 or 2001:db8::/32, or one address.");
        }
        int prefix = slash < 0 ? 128 : parsePrefix(text, slash + 1);
        if (!address.isIpv4()) {
            return new CidrBlock(address, prefix);
        }
        if (slash < 0) {
            return new CidrBlock(address, 32);
        }
        return new CidrBlock(address, literal.indexOf(':') < 0 ? prefix : mappedPrefix(prefix));
    }

    private static int parsePrefix(String text, int from) {
        int digits = text.length() - from;
        boolean plain = digits >= 1 && digits <= 3 && (digits == 1 || text.charAt(from) != '0');
        int value = 0;
        for (int at = from; plain && at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            plain = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!plain) {
            throw new InvalidValue("After the slash must come the prefix length, a plain number such as 24.");
        }
        return value;
    }

    private static int mappedPrefix(int prefix) {
        if (prefix < IpAddress.MAPPED_BITS || prefix > 128) {
            throw new InvalidValue(
                    "The prefix length of an IPv4-mapped block must be 96 to 128; better write it as IPv4.");
        }
        return prefix - IpAddress.MAPPED_BITS;
    }

    /// Whether the address is in this network. An IPv6 block never contains IPv4 addresses, not even `::/0`.
    public boolean contains(IpAddress address) {
        int bits = bits(network, prefix);
        return ((address.high() ^ network.high()) & highMask(bits)) == 0
                && ((address.low() ^ network.low()) & lowMask(bits)) == 0
                && address.isIpv4() == network.isIpv4();
    }

    private static int bits(IpAddress network, int prefix) {
        return network.isIpv4() ? prefix + IpAddress.MAPPED_BITS : prefix;
    }

    private static long highMask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - Math.min(bits, 64));
    }

    private static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << (128 - bits);
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
