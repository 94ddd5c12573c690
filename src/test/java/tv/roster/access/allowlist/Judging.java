package tv.roster.access.allowlist;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Judges a call as a server does that trusts 10.0.0.0/8 and 2001:db8:aaaa::/48. In header values `^` parts lines.
final class Judging {
    private static final TrustedProxies PROXIES =
            new TrustedProxies(List.of(CidrBlock.parse("10.0.0.0/8"), CidrBlock.parse("2001:db8:aaaa::/48")));

    private Judging() {}

    static CallerAddress judge(String peer, @Nullable String forwarded, @Nullable String xForwardedFor) {
        return PROXIES.judge(IpAddress.parse(peer), headers(forwarded, xForwardedFor));
    }

    static ForwardedHeaders headers(@Nullable String forwarded, @Nullable String xForwardedFor) {
        return new ForwardedHeaders(lines(forwarded), lines(xForwardedFor));
    }

    private static List<String> lines(@Nullable String lines) {
        return lines == null
                ? List.of()
                : Stream.of(lines.split("\\^", -1)).map(String::strip).toList();
    }
}
