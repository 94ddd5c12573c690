package tv.roster.access.ratelimit;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import tv.roster.access.allowlist.IpAddress;

/// Counts failed authentications by address (an IPv6 /64 counts as one address). Call it only after a key was not
/// found, so that a valid key is served regardless of other calls from its address.
///
/// It uses one table of 2 MiB, regardless of the number of callers: addresses share its slots by a hash with a
/// secret seed. Two addresses in the same slot share a limit, which can only turn a `401` into a `429`.
public final class FailedAuthentications {
    public static final RateLimit DEFAULT_LIMIT = new RateLimit(10, 60);

    private static final int SLOTS = 1 << 18;

    private final RateLimit limit;
    private final long nanosPerFailure;
    private final LongSupplier nanos;
    private final long start;
    private final long seed = new SecureRandom().nextLong();
    /// For each slot, the time at which none of its failures counts any more, in nanoseconds since the start.
    private final AtomicLongArray forgiven = new AtomicLongArray(SLOTS);

    /// @param nanos a clock that only goes forward, such as `System::nanoTime`
    public FailedAuthentications(RateLimit limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanosPerFailure = TimeUnit.SECONDS.toNanos(limit.windowSeconds()) / limit.requests();
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /// Counts a failure. If the verdict is allowed, the response is `401`, otherwise `429`; in that case the
    /// failure is not counted.
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

    /// The final step of MurmurHash3: every bit of the input changes about half of the bits of the output.
    private static long mix(long bits) {
        long a = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        long b = (a ^ (a >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return b ^ (b >>> 33);
    }
}
