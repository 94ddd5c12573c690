package tv.roster.webhooks.addresses;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.allowlist.IpAddress;

/// Which addresses belong to somebody on the public internet. Sources: the special-purpose address registries of IANA
/// (RFC 6890), and the metadata services of clouds.
final class PublicAddresses {
    /// Some addresses that are not public, and what they are.
    private record Special(CidrBlock block, String what) {
        static Special of(String block, String what) {
            return new Special(CidrBlock.parse(block), what);
        }
    }

    private static final CidrBlock GLOBAL_UNICAST = CidrBlock.parse("2000::/3");

    /// IPv6 addresses that stand for IPv4 addresses: NAT64 (RFC 6052) and 6to4 (RFC 3056).
    private static final CidrBlock NAT64 = CidrBlock.parse("64:ff9b::/96");

    private static final CidrBlock SIX_TO_FOUR = CidrBlock.parse("2002::/16");
    private static final int SIX_TO_FOUR_SHIFT = 16;

    private static final List<Special> SPECIAL = Stream.of(
                    Special.of("169.254.169.254", "the metadata service of a cloud"),
                    Special.of("168.63.129.16", "the metadata service of a cloud"),
                    Special.of("100.100.100.200", "the metadata service of a cloud"),
                    Special.of("fd00:ec2::254", "the metadata service of a cloud"),
                    Special.of("0.0.0.0/8", "unspecified"),
                    Special.of("::/128", "unspecified"),
                    Special.of("127.0.0.0/8", "a loopback address"),
                    Special.of("::1/128", "a loopback address"),
                    Special.of("10.0.0.0/8", "private"),
                    Special.of("172.16.0.0/12", "private"),
                    Special.of("192.168.0.0/16", "private"),
                    Special.of("fc00::/7", "private"),
                    Special.of("fec0::/10", "private"),
                    Special.of("100.64.0.0/10", "shared by the customers of a provider"),
                    Special.of("169.254.0.0/16", "a link-local address"),
                    Special.of("fe80::/10", "a link-local address"),
                    Special.of("224.0.0.0/4", "a multicast address"),
                    Special.of("ff00::/8", "a multicast address"),
                    Special.of("192.0.0.0/24", "reserved"),
                    Special.of("192.88.99.0/24", "reserved"),
                    Special.of("198.18.0.0/15", "reserved"),
                    Special.of("240.0.0.0/4", "reserved"),
                    Special.of("2001::/23", "reserved"),
                    Special.of("192.0.2.0/24", "for documentation only"),
                    Special.of("198.51.100.0/24", "for documentation only"),
                    Special.of("203.0.113.0/24", "for documentation only"),
                    Special.of("2001:db8::/32", "for documentation only"),
                    Special.of("3fff::/20", "for documentation only"))
            .toList();

    private PublicAddresses() {}

    /// What an address is instead of public, such as "private"; null for a public one.
    static @Nullable String whyNot(IpAddress address) {
        if (NAT64.contains(address)) {
            return whyNot(IpAddress.ofIpv4((int) address.low()));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return whyNot(IpAddress.ofIpv4((int) (address.high() >>> SIX_TO_FOUR_SHIFT)));
        }
        for (var special : SPECIAL) {
            if (special.block().contains(address)) {
                return special.what();
            }
        }
        return address.isIpv4() || GLOBAL_UNICAST.contains(address) ? null : "reserved";
    }
}
