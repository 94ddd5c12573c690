package tv.roster.allowlist;

import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;
import tv.roster.jsonapi.Source;

/// Where a call comes from, as far as that can be known: an address to judge, or a header that hides it.
public sealed interface CallerAddress {

    /// Where the judged address was read.
    enum Origin {
        PEER,
        FORWARDED,
        X_FORWARDED_FOR
    }

    /// The address that allow-lists, limits and the audit go by.
    record Judged(IpAddress address, Origin origin) implements CallerAddress {
        @Override
        public Judged orRefuse() {
            return this;
        }
    }

    /// A trusted proxy sent a header that does not say who calls: never a pass, whatever the allow-lists are. `why`
    /// goes on after "the header … cannot be used: ".
    record Malformed(String header, String why, IpAddress peer) implements CallerAddress {
        @Override
        public Judged orRefuse() {
            String detail =
                    "The caller's address is not known: the header %s that the proxy %s sent cannot be used: %s."
                            .formatted(header, peer, why);
            throw new Refusal(new Problem(ErrorCode.IP_NOT_ALLOWED, detail, Source.header(header))
                    .withMeta("address", peer.toString()));
        }
    }

    /// The address, or the `403` `ip_not_allowed`.
    Judged orRefuse();
}
