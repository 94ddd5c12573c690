package tv.roster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Started parts, to be closed in reverse order.
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    /// The time a part has to close even after the deadline: enough for parts that wait for nothing.
    private static final Duration LEAST = Duration.ofMillis(100);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T opened(T part) {
        parts.addFirst(part);
        return part;
    }

    /// Closes all parts, however long each takes.
    @Override
    public void close() {
        parts.forEach(Parts::close);
        parts.clear();
    }

    /// Closes all parts, each within the remaining time; a part that hangs is abandoned.
    void close(Deadline deadline) {
        for (var part : parts) {
            var closing = Thread.ofPlatform().daemon().name("closing").start(() -> close(part));
            var left = deadline.left();
            try {
                if (!closing.join(left.compareTo(LEAST) > 0 ? left : LEAST)) {
                    LOG.warn("{} does not close in time; continuing without it", name(part));
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
