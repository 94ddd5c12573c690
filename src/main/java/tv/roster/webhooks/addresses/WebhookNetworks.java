package tv.roster.webhooks.addresses;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.platform.outgoing.AddressRule;
import tv.roster.platform.outgoing.Destination;

/// To which addresses webhooks may go: to public ones with TLS, and to those of the operator's own networks.
///
/// @param own the networks of `ROSTER_WEBHOOK_NETWORKS`
public record WebhookNetworks(List<CidrBlock> own) implements AddressRule {
    public WebhookNetworks {
        own = List.copyOf(own);
    }

    @Override
    public @Nullable String refusal(Destination destination, InetAddress address) {
        var judged = IpAddress.of(address);
        for (var block : own) {
            if (block.contains(judged)) {
                return null;
            }
        }
        var why = PublicAddresses.whyNot(judged);
        if (why != null) {
            return "The address of the host is " + why + "; webhooks go to public addresses, and to networks that the"
                    + " installation's operator has allowed.";
        }
        return destination.tls() ? null : plain();
    }

    /// Why no address would be allowed for this destination; null if one could be.
    public @Nullable String refusal(Destination destination) {
        return destination.tls() || !own.isEmpty() ? null : plain();
    }

    private static String plain() {
        return "The URL has to begin with https://; http:// is allowed only in networks that the installation's operator"
                + " has allowed.";
    }
}
