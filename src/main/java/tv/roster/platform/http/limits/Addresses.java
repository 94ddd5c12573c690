package tv.roster.platform.http.limits;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.function.Predicate;

/// Counts something by client address. An IPv6 subscriber has a /64, so that is one address here.
public final class Addresses {
    /// No address: of a trusted proxy, which many clients are behind.
    public static final int ANY = Slots.NONE;

    private static final int IPV6_NETWORK = 8;

    private final Slots counts = new Slots();
    private final int most;

    public Addresses(int most) {
        this.most = most;
    }

    /// Where a peer is counted; [#ANY] for those that are not.
    public static int slotOf(SocketAddress peer, Predicate<InetAddress> proxies) {
        if (!(peer instanceof InetSocketAddress socket) || proxies.test(socket.getAddress())) {
            return ANY;
        }
        var bytes = socket.getAddress().getAddress();
        return Slots.of(Arrays.hashCode(bytes.length > IPV6_NETWORK ? Arrays.copyOf(bytes, IPV6_NETWORK) : bytes));
    }

    /// Counts one more; false if that is more than one address may have.
    public boolean add(int slot) {
        return counts.add(slot, 1) <= most;
    }

    public void remove(int slot) {
        counts.add(slot, -1);
    }
}
