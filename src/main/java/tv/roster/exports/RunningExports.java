package tv.roster.exports;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

/// The exports that this node writes now: each may take as long as its client reads, and holds two pages of users.
final class RunningExports {
    static final int MOST_OF_TENANT = 4;
    static final int MOST = 16;
    private static final Map<String, String> LATER = Map.of("Retry-After", "10");

    private final AtomicInteger all = new AtomicInteger();
    private final Map<TenantId, Integer> ofTenants = new ConcurrentHashMap<>();

    /// The place of an export, which is given back when it is closed.
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /// Takes a place. Throws the `429` if the tenant has all of its own, and the `503` if the node has no more.
    Place enter(TenantId tenant) {
        if (ofTenants.merge(tenant, 1, Integer::sum) > MOST_OF_TENANT) {
            leave(tenant);
            throw refused(
                    ErrorCode.RATE_LIMITED,
                    "A tenant can run " + MOST_OF_TENANT + " exports at a time; wait until one of them has ended.");
        }
        if (all.incrementAndGet() > MOST) {
            all.decrementAndGet();
            leave(tenant);
            throw refused(
                    ErrorCode.UNAVAILABLE,
                    "The server runs " + MOST + " exports at a time; wait until one of them has ended.");
        }
        return () -> {
            all.decrementAndGet();
            leave(tenant);
        };
    }

    private void leave(TenantId tenant) {
        ofTenants.computeIfPresent(tenant, (same, number) -> number == 1 ? null : number - 1);
    }

    private static Refusal refused(ErrorCode code, String detail) {
        return new Refusal(List.of(new Problem(code, detail)), LATER);
    }
}
