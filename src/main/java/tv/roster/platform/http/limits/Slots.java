package tv.roster.platform.http.limits;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Counts something by party, such as a client's address or a tenant, without a lock: parties share the slots of a
/// table by a hash with a secret seed, so that no party can choose which others it shares one with.
public final class Slots {
    /// The slot of parties that are not distinguished.
    public static final int NONE = -1;

    static final int NUMBER = 1 << 14;
    private static final int SEED = new SecureRandom().nextInt();

    private final AtomicIntegerArray counts = new AtomicIntegerArray(NUMBER);

    /// Where a party with this hash is counted.
    public static int of(int hash) {
        int mixed = hash ^ SEED;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85eb_ca6b;
        return (mixed ^ (mixed >>> 13)) & (NUMBER - 1);
    }

    /// Counts so many more, and returns how many that makes; 0 for [#NONE].
    int add(int slot, int more) {
        return slot == NONE ? 0 : counts.addAndGet(slot, more);
    }

    int count(int slot) {
        return slot == NONE ? 0 : counts.get(slot);
    }
}
