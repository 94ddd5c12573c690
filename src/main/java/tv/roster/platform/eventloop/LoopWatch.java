package tv.roster.platform.eventloop;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks from a separate thread whether event loops make progress. A loop that has made none for ten seconds serves no
/// requests and does not recover by itself: the log then contains a dump of all threads, and the server is not alive.
public final class LoopWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LOOKS_IN_LIMIT = 10;

    private final List<Watched> watched;
    private final long limitNanos;
    private final Thread thread;
    private volatile boolean alive = true;
    private volatile boolean closed;

    public LoopWatch(List<Loop> loops) {
        this(loops, LIMIT);
    }

    LoopWatch(List<Loop> loops, Duration limit) {
        watched = loops.stream().map(Watched::new).toList();
        limitNanos = limit.toNanos();
        thread = Thread.ofPlatform().daemon().name("loop-watch").start(this::watch);
    }

    /// Whether all of them make progress.
    public boolean isAlive() {
        return alive;
    }

    private void watch() {
        long pause = limitNanos / LOOKS_IN_LIMIT;
        while (!closed) {
            long before = System.nanoTime();
            try {
                Thread.sleep(Duration.ofNanos(pause));
            } catch (InterruptedException e) {
                return;
            }
            // If this thread did not run either, the process or the machine was suspended, and no loop hangs.
            boolean late = System.nanoTime() - before > 2 * pause;
            watched.forEach(loop -> loop.look(late));
            judge();
        }
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
        closed = true;
        thread.interrupt();
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
                loop.netty().execute(() -> answered = true);
            } else if (afresh) {
                asked = System.nanoTime();
            }
        }

        boolean stands() {
            return !answered && System.nanoTime() - asked > limitNanos;
        }
    }
}
