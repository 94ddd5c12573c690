package tv.roster.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.problems.Refusal;

/// Counts rejected requests for the audit log by kind, address and key. The first of each is written within
/// seconds, the others once a minute. If there are more than [#MOST] combinations, as in an attack from many
/// addresses or with many keys, the others are counted together, so that neither the memory nor the audit log grows
/// with the attack.
public final class RefusedCalls implements AutoCloseable {
    /// The maximum number of combinations that are counted separately within a minute.
    static final int MOST = 64;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedCalls.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long LINE_SECONDS = 60;
    private static final String NOT_WRITTEN = "Rejected calls could not be written to the audit log";

    private final RefusedCallsTable table;
    private final InstantSource clock;
    private final RefusedSummary summary = new RefusedSummary();
    private final Map<Refused, Tally> tallies = new ConcurrentHashMap<>();
    private final RepeatedTask writing = new RepeatedTask("refused-calls", this::write, LOG, NOT_WRITTEN);

    public RefusedCalls(RefusedCallsTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
        writing.every(PAUSE);
    }

    void note(Refused refused) {
        summary.count(refused.code());
        long now = clock.instant().getEpochSecond();
        var counted = tallies.size() < MOST || tallies.containsKey(refused) ? refused : refused.withoutDetails();
        tallies.merge(counted, new Tally(1, now, now, now), Tally::and);
    }

    /// Writes the entries that are due, and the line of the log.
    public void write() {
        long now = clock.instant().getEpochSecond();
        summary.due(now).ifPresent(line -> LOG.info("{}", line));
        write(now);
    }

    private void write(long due) {
        var lines = new HashMap<Refused, Tally>();
        for (var refused : tallies.keySet()) {
            tallies.computeIfPresent(refused, (same, tally) -> {
                if (tally.due() > due) {
                    return tally;
                }
                if (tally.count() == 0) {
                    return null;
                }
                lines.put(refused, tally);
                return Tally.none(due + LINE_SECONDS);
            });
        }
        try {
            if (!lines.isEmpty()) {
                table.write(lines, clock.instant());
            }
        } catch (RuntimeException e) {
            lines.forEach((refused, tally) -> tallies.merge(refused, tally, Tally::and));
            if (!(e instanceof Refusal)) {
                LOG.warn("{}: {}", NOT_WRITTEN, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        writing.close();
        write(Long.MAX_VALUE - LINE_SECONDS);
    }
}
