package tv.roster.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;

/// Counts something by client address, without a lock: addresses share the slots of a table by a hash with a secret
/// seed. An IPv6 subscriber has a /64, so that is one address here.
final class Addresses {
    /// No address: of a trusted proxy, which many clients are behind.
    static final int ANY = -1;

    private static final int SLOTS = 1 << 14;
    private static final int IPV6_NETWORK = 8;
    private static final int SEED = new SecureRandom().nextInt();

    private final AtomicIntegerArray counts = new AtomicIntegerArray(SLOTS);
    private final int most;

    Addresses(int most) {
        this.most = most;
    }

    /// Where a peer is counted; [#ANY] for those that are not.
    static int slotOf(SocketAddress peer, Predicate<InetAddress> proxies) {
        if (!(peer instanceof InetSocketAddress socket) || proxies.test(socket.getAddress())) {
            return ANY;
        }
        var bytes = socket.getAddress().getAddress();
        int hash = Arrays.hashCode(bytes.length > IPV6_NETWORK ? Arrays.copyOf(bytes, IPV6_NETWORK) : bytes) ^ SEED;
        hash = (hash ^ (hash >>> 16)) * 0x85eb_ca6b;
        return (hash ^ (hash >>> 13)) & (SLOTS - 1);
    }

    /// Counts one more; false if that is more than one address may have.
    boolean add(int slot) {
        return slot == ANY || counts.incrementAndGet(slot) <= most;
    }

    void remove(int slot) {
        if (slot != ANY) {
            counts.decrementAndGet(slot);
        }
    }
}
