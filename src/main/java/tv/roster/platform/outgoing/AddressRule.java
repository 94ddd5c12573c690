package tv.roster.platform.outgoing;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Decides to which addresses the server may connect.
@FunctionalInterface
public interface AddressRule {
    /// Why it must not connect to this address; null if it may.
    @Nullable
    String refusal(Destination destination, InetAddress address);
}
