package tv.roster.console.overview;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.calls.Admin;
import tv.roster.calls.UserManagement;
import tv.roster.console.overview.MinuteCounts.Outcome;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.values.ids.TenantId;

/// The calls of both APIs to which this node has responded, in each of the last 60 minutes and by tenant. What the
/// console calls inside the server is not among them.
public final class RecentCalls implements Observer {
    private final InstantSource clock;
    private final long begunTime;
    private final MinuteCounts ofNoTenant = new MinuteCounts();
    private final Map<TenantId, MinuteCounts> ofTenants = new ConcurrentHashMap<>();

    /// Counts from now on.
    public RecentCalls(InstantSource clock) {
        this.clock = clock;
        begunTime = clock.instant().getEpochSecond();
    }

    /// The calls of one minute.
    ///
    /// @param time     when it began, in epoch seconds
    /// @param calls    all of them
    /// @param rejected those with a status of 400 to 499
    /// @param failed   those with one of 500 and above
    public record Minute(long time, long calls, long rejected, long failed) {}

    @Override
    public void responded(Request request, int status, long sent, long nanos) {
        if (request.path().startsWith(UserManagement.BASE) || request.path().startsWith(Admin.BASE)) {
            counts(request.caller()).count(minute(), Outcome.of(status));
        }
    }

    /// The responses to these requests are counted.
    @Override
    public void refused(ErrorCode code) {}

    private MinuteCounts counts(@Nullable Object caller) {
        var tenant = caller instanceof Caller known ? known.identity().tenant() : null;
        if (tenant == null) {
            return ofNoTenant;
        }
        var counts = ofTenants.get(tenant.id());
        return counts == null ? ofTenants.computeIfAbsent(tenant.id(), id -> new MinuteCounts()) : counts;
    }

    private long minute() {
        return TimeUnit.MILLISECONDS.toMinutes(clock.millis());
    }

    /// When the node began to count, in epoch seconds.
    long begunTime() {
        return begunTime;
    }

    /// The last 60 minutes, the oldest first; the last of them is not over yet.
    ///
    /// @param tenant null for the calls of all tenants and of none
    List<Minute> minutes(@Nullable TenantId tenant) {
        var counted = counted(tenant);
        long last = minute();
        var minutes = new ArrayList<Minute>();
        for (long minute = last - MinuteCounts.MINUTES + 1; minute <= last; minute++) {
            long rejected = sum(counted, minute, Outcome.REJECTED);
            long failed = sum(counted, minute, Outcome.FAILED);
            long calls = sum(counted, minute, Outcome.DONE) + rejected + failed;
            minutes.add(new Minute(TimeUnit.MINUTES.toSeconds(minute), calls, rejected, failed));
        }
        return minutes;
    }

    private Collection<MinuteCounts> counted(@Nullable TenantId tenant) {
        if (tenant != null) {
            var counts = ofTenants.get(tenant);
            return counts == null ? List.of() : List.of(counts);
        }
        var all = new ArrayList<>(ofTenants.values());
        all.add(ofNoTenant);
        return all;
    }

    private static long sum(Collection<MinuteCounts> counted, long minute, Outcome outcome) {
        return counted.stream().mapToLong(counts -> counts.of(minute, outcome)).sum();
    }
}
