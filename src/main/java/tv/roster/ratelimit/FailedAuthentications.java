package tv.roster.ratelimit;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import tv.roster.allowlist.IpAddress;

/// Counts failed authentications by address (an IPv6 subscriber has a /64, so that is one address here). Ask it only
/// after a key was not found: a good key is then served whatever else comes from its address.
///
/// The memory is one table of 2 MiB, whoever calls: addresses share its slots by a hash with a secret seed. Two that
/// meet in a slot share a limit, which can only turn a `401` into a `429`.
public final class FailedAuthentications {
    public static final RateLimit DEFAULT_LIMIT = new RateLimit(10, 60);

    private static final int SLOTS = 1 << 18;

    private final RateLimit limit;
    private final long nanosPerFailure;
    private final LongSupplier nanos;
    private final long start;
    private final long seed = new SecureRandom().nextLong();
    /// For each slot the time at which its failures are all forgiven, in nanoseconds since the start.
    private final AtomicLongArray forgiven = new AtomicLongArray(SLOTS);

    /// @param nanos a clock that only goes forward, such as `System::nanoTime`
    public FailedAuthentications(RateLimit limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanosPerFailure = TimeUnit.SECONDS.toNanos(limit.windowSeconds()) / limit.requests();
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /// Notes a failure. Allowed means: answer `401`. Else the `429`; a refused failure is not counted again.
    public Verdict count(IpAddress address) {
        int slot = slot(address);
        long now = nanos.getAsLong() - start;
        while (true) {
            long before = forgiven.get(slot);
            long after = Math.max(before, now) + nanosPerFailure;
            long wait = after - now - nanosPerFailure * limit.requests();
            if (wait > 0) {
                Standing exhausted =
                        new Standing(Policy.FAILED_AUTHENTICATION, limit, 0, RateLimiter.wholeSeconds(wait));
                return new Verdict(false, List.of(exhausted));
            }
            if (forgiven.compareAndSet(slot, before, after)) {
                return Verdict.UNLIMITED;
            }
        }
    }

    private int slot(IpAddress address) {
        long network = address.isIpv4() ? address.low() : address.high();
        return (int) (mix(mix(network ^ seed) + seed) & (SLOTS - 1));
    }

    /// The finishing step of MurmurHash3: every bit of the input changes about half of the output.
    private static long mix(long bits) {
        long a = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        long b = (a ^ (a >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return b ^ (b >>> 33);
    }
}
