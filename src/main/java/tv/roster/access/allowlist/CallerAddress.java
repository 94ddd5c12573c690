package tv.roster.access.allowlist;

import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// The address of a call, as far as it can be determined: an address to check, or a header that hides it.
public sealed interface CallerAddress {

    /// The source of the address.
    enum Origin {
        PEER,
        FORWARDED,
        X_FORWARDED_FOR
    }

    /// The address that allow-lists, limits and the audit log use.
    record Judged(IpAddress address, Origin origin) implements CallerAddress {
        @Override
        public Judged orRefuse() {
            return this;
        }
    }

    /// A trusted proxy sent a header that does not identify the caller: the call is rejected regardless of
    /// allow-lists. `why` continues the text "the header … cannot be used: ".
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

    /// Returns the address, or throws the `403` `ip_not_allowed`.
    Judged orRefuse();
}
