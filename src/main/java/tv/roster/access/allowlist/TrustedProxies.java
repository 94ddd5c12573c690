package tv.roster.access.allowlist;

import java.util.List;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.access.allowlist.CallerAddress.Malformed;
import tv.roster.access.allowlist.CallerAddress.Origin;
import tv.roster.platform.problems.InvalidValue;

/// The networks of the proxies whose forwarding headers are trusted. Unlike with an [AllowList], an empty list
/// trusts no address.
public record TrustedProxies(List<CidrBlock> blocks) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        blocks = List.copyOf(blocks);
    }

    public boolean trusts(IpAddress address) {
        return AllowList.anyContains(blocks, address);
    }

    /// Determines the caller behind the socket's peer: the peer itself, unless it is a trusted proxy that sent a
    /// header; then the right-most address in it that is not a trusted proxy, or the left-most if all are.
    ///
    /// If a request has both headers, they must lead to the same address: a proxy sets one of them and may forward
    /// the other as the caller forged it, and which one that is cannot be determined here.
    public CallerAddress judge(IpAddress peer, ForwardedHeaders headers) {
        if (!trusts(peer)) {
            return new Judged(peer, Origin.PEER);
        }
        boolean hasForwarded = !headers.forwarded().isEmpty();
        boolean hasXForwardedFor = !headers.xForwardedFor().isEmpty();
        if (!hasForwarded && !hasXForwardedFor) {
            return new Judged(peer, Origin.PEER);
        }
        if (!hasForwarded) {
            return judgeOne(peer, headers, Origin.X_FORWARDED_FOR);
        }
        CallerAddress forwarded = judgeOne(peer, headers, Origin.FORWARDED);
        return hasXForwardedFor ? agree(peer, forwarded, judgeOne(peer, headers, Origin.X_FORWARDED_FOR)) : forwarded;
    }

    private static CallerAddress agree(IpAddress peer, CallerAddress forwarded, CallerAddress xForwardedFor) {
        if (!(forwarded instanceof Judged first)) {
            return forwarded;
        }
        if (!(xForwardedFor instanceof Judged second)) {
            return xForwardedFor;
        }
        return first.address().equals(second.address())
                ? first
                : new Malformed(
                        ForwardedHeaders.FORWARDED,
                        "X-Forwarded-For names another caller; let the proxy set one of the two and remove the other",
                        peer);
    }

    private CallerAddress judgeOne(IpAddress peer, ForwardedHeaders headers, Origin origin) {
        boolean standard = origin == Origin.FORWARDED;
        try {
            return new Judged(walk(standard ? headers.forwardedHops() : headers.xForwardedForHops()), origin);
        } catch (InvalidValue invalid) {
            String header = standard ? ForwardedHeaders.FORWARDED : ForwardedHeaders.X_FORWARDED_FOR;
            return new Malformed(header, invalid.detail(), peer);
        }
    }

    private IpAddress walk(List<Hop> hops) {
        for (int i = hops.size() - 1; i >= 0; i--) {
            IpAddress address = hops.get(i).address();
            if (address == null) {
                throw new InvalidValue("its element " + (i + 1) + " hides the address that decides");
            }
            if (i == 0 || !trusts(address)) {
                return address;
            }
        }
        throw new InvalidValue("it is empty");
    }
}
