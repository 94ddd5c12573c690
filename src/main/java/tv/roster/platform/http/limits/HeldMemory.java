package tv.roster.platform.http.limits;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that connections make the server hold, inside of the heap and outside: heads that are not whole, what
/// is sent ahead, bodies of usual size, responses that are not read. Large bodies and responses of callers with a
/// key have a [MemoryBudget] of their own, which strangers therefore cannot take.
public final class HeldMemory {
    private static final long ENOUGH = 16 << 20;
    private static final int HEAP_SHARE = 8;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong behindProxies = new AtomicLong();
    private final Slots addresses = new Slots();
    private final long most = Math.min(ENOUGH, Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    /// Counts so many bytes more for a client's address ([Addresses]).
    public void add(int address, long more) {
        bytes.addAndGet(more);
        if (address == Addresses.ANY) {
            behindProxies.addAndGet(more);
        } else {
            addresses.add(address, (int) more);
        }
    }

    /// Bytes that connections of an address hold; all those behind trusted proxies count as one.
    public long of(int address) {
        return address == Addresses.ANY ? behindProxies.get() : addresses.count(address);
    }

    /// Bytes that all connections hold.
    public long ofAll() {
        return bytes.get();
    }

    public boolean isExceeded() {
        return bytes.get() > most;
    }
}
