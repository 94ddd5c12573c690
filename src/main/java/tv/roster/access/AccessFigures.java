package tv.roster.access;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import tv.roster.access.ratelimit.Policy;
import tv.roster.access.ratelimit.Standing;
import tv.roster.access.ratelimit.Verdict;
import tv.roster.platform.timing.Counts;

/// What is counted about callers on this node.
public final class AccessFigures {
    private final LongAdder failedAuthentications = new LongAdder();
    private final Counts<Policy> limited = new Counts<>(Policy.class);

    void failedAuthentication() {
        failedAuthentications.increment();
    }

    /// Counts the exhausted limits of a rejected call.
    void judged(Verdict verdict) {
        if (!verdict.allowed()) {
            verdict.standings().stream()
                    .filter(standing -> standing.remaining() == 0)
                    .map(Standing::policy)
                    .forEach(limited::increment);
        }
    }

    /// The number of calls without a key that is in force, whether they received 401 or 429.
    public long failedAuthentications() {
        return failedAuthentications.sum();
    }

    /// The number of calls that a limit has rejected.
    public long limited(Policy policy) {
        return limited.of(policy);
    }

    /// The limits that are counted here.
    public static List<Policy> limits() {
        return List.of(Policy.KEY, Policy.TENANT, Policy.FAILED_AUTHENTICATION);
    }
}
