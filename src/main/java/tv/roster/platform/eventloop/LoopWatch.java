package tv.roster.platform.eventloop;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.timing.Durations;

/// Checks from a separate thread whether event loops make progress. A loop that has made none for ten seconds
/// serves no requests and does not recover by itself: the log then contains a dump of all threads, and the server
/// is not alive.
public final class LoopWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LOOKS_IN_LIMIT = 10;
    private static final Duration SHORTEST_LAG = Duration.ofNanos(100_000);

    private final List<Watched> watched;
    private final long limitNanos;
    private final Durations lags = new Durations(SHORTEST_LAG, LIMIT);
    private final RepeatedTask looking =
            new RepeatedTask("loop-watch", this::look, LOG, "The event loops could not be checked");
    private volatile boolean alive = true;
    private long looked = System.nanoTime();

    public LoopWatch(List<Loop> loops) {
        this(loops, LIMIT);
    }

    LoopWatch(List<Loop> loops, Duration limit) {
        watched = loops.stream().map(Watched::new).toList();
        limitNanos = limit.toNanos();
        looking.every(limit.dividedBy(LOOKS_IN_LIMIT));
    }

    /// How long loops took to begin the task that they are given once a second: what each event of theirs waits.
    public Durations lags() {
        return lags;
    }

    /// Whether all of them make progress.
    public boolean isAlive() {
        return alive;
    }

    private void look() {
        // If this thread did not run either, the process or the machine was suspended, and no loop hangs.
        boolean late = System.nanoTime() - looked > 2 * limitNanos / LOOKS_IN_LIMIT;
        watched.forEach(loop -> loop.look(late));
        judge();
        looked = System.nanoTime();
    }

    private void judge() {
        var standing = watched.stream().filter(Watched::stands).toList();
        boolean now = standing.isEmpty();
        if (alive && !now) {
            LOG.error(
                    "Event loops make no progress: {}. All threads:\n{}",
                    standing.stream().map(loop -> loop.loop.name()).collect(Collectors.joining(", ")),
                    dump());
        } else if (!alive && now) {
            LOG.warn("All event loops make progress again");
        }
        alive = now;
    }

    private static String dump() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
                .map(thread -> thread.toString())
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        looking.close();
    }

    private final class Watched {
        private final Loop loop;
        private volatile long asked = System.nanoTime();
        private volatile boolean answered = true;

        Watched(Loop loop) {
            this.loop = loop;
        }

        void look(boolean afresh) {
            if (answered) {
                answered = false;
                asked = System.nanoTime();
                long sent = asked;
                loop.netty().execute(() -> {
                    lags.record(System.nanoTime() - sent);
                    answered = true;
                });
            } else if (afresh) {
                asked = System.nanoTime();
            }
        }

        boolean stands() {
            return !answered && System.nanoTime() - asked > limitNanos;
        }
    }
}
