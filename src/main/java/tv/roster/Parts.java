package tv.roster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was started, to be closed in the opposite order.
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    /// What a part gets to close in even when the time is up: enough for those that wait for nothing.
    private static final Duration LEAST = Duration.ofMillis(100);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T opened(T part) {
        parts.addFirst(part);
        return part;
    }

    /// Closes all of them, each as long as it takes.
    @Override
    public void close() {
        parts.forEach(Parts::close);
        parts.clear();
    }

    /// Closes all of them, each in what is left of the time: a part that hangs is left behind.
    void close(Deadline deadline) {
        for (var part : parts) {
            var closing = Thread.ofPlatform().daemon().name("closing").start(() -> close(part));
            var left = deadline.left();
            try {
                if (!closing.join(left.compareTo(LEAST) > 0 ? left : LEAST)) {
                    LOG.warn("{} does not close in time; going on without it", name(part));
                    closing.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        parts.clear();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not close: {}", name(part), e.toString());
        }
    }

    private static String name(AutoCloseable part) {
        return part.getClass().isHidden() ? "A part" : part.getClass().getSimpleName();
    }
}
