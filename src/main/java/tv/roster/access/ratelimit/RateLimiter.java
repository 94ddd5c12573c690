package tv.roster.access.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Counts the requests of keys and tenants on this node, without locks. A changed limit starts with a full bucket.
public final class RateLimiter {
    private static final int MAX_BUCKETS = 100_000;

    private final TimeMeter clock;
    private final LoadingCache<Claim, Bucket> buckets;

    /// @param nanos a clock that only goes forward, such as `System::nanoTime`
    public RateLimiter(LongSupplier nanos) {
        this.clock = new NanoClock(nanos);
        // A bucket that has not been used for a whole window is full again, so it can be removed.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfter(Expiry.<Claim, Bucket>accessing(
                        (claim, bucket) -> Duration.ofSeconds(claim.limit().windowSeconds())))
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build(this::fullBucket);
    }

    private Bucket fullBucket(Claim claim) {
        RateLimit limit = claim.limit();
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth
                        .capacity(limit.requests())
                        .refillGreedy(limit.requests(), Duration.ofSeconds(limit.windowSeconds())))
                .withCustomTimePrecision(clock)
                .build();
    }

    /// Takes one request from every claim, or from none of them if one is exhausted.
    public Verdict tryAcquire(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Verdict.UNLIMITED;
        }
        List<Bucket> taken = new ArrayList<>(claims.size());
        boolean allowed = true;
        for (Claim claim : claims) {
            Bucket bucket = buckets.get(claim);
            allowed = bucket.tryConsume(1);
            if (!allowed) {
                break;
            }
            taken.add(bucket);
        }
        if (!allowed) {
            taken.forEach(bucket -> bucket.addTokens(1));
        }
        return new Verdict(allowed, claims.stream().map(this::standing).toList());
    }

    private Standing standing(Claim claim) {
        Bucket bucket = buckets.get(claim);
        RateLimit limit = claim.limit();
        long remaining = bucket.getAvailableTokens();
        long nanos = remaining < limit.requests()
                ? bucket.estimateAbilityToConsume(remaining + 1).getNanosToWaitForRefill()
                : Duration.ofSeconds(limit.windowSeconds())
                        .dividedBy(limit.requests())
                        .toNanos();
        return new Standing(claim.policy(), limit, remaining, wholeSeconds(nanos));
    }

    /// Rounded up, so that a client that waits this long is never too early; at least 1.
    static long wholeSeconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos()));
    }

    private record NanoClock(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
