package tv.roster.calls;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

/// The calls of one kind that this node answers now, of those that may take as long as their client likes.
public final class RunningCalls {
    private static final Map<String, String> LATER = Map.of("Retry-After", "10");

    private final String what;
    private final int mostOfTenant;
    private final int most;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<TenantId, Integer> ofTenants = new ConcurrentHashMap<>();

    /// @param what such as "exports"
    public RunningCalls(String what, int mostOfTenant, int most) {
        this.what = what;
        this.mostOfTenant = mostOfTenant;
        this.most = most;
    }

    /// The place of a call, which is given back when it is closed.
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /// Takes a place. Throws the `429` if the tenant has all of its own, and the `503` if the node has no more.
    public Place enter(TenantId tenant) {
        if (ofTenants.merge(tenant, 1, Integer::sum) > mostOfTenant) {
            leave(tenant);
            throw refused(
                    ErrorCode.RATE_LIMITED,
                    "A tenant can run " + mostOfTenant + " " + what + " at a time; wait until one of them has ended.");
        }
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            leave(tenant);
            throw refused(
                    ErrorCode.UNAVAILABLE,
                    "The server runs " + most + " " + what + " at a time; wait until one of them has ended.");
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
