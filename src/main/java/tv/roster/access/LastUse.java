package tv.roster.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.values.ids.ApiKeyId;

/// When each key was last used: noted in memory by every call, written every 30 s and at the end.
public final class LastUse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);
    private static final long EVERY_SECONDS = 30;

    private final DirectoryTable table;
    private final Map<ApiKeyId, Long> noted = new ConcurrentHashMap<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("last-use").factory());

    public LastUse(DirectoryTable table) {
        this.table = table;
        var _ = writer.scheduleWithFixedDelay(this::write, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /// Looks before it writes: a key that is used a thousand times in a second is noted once.
    void note(ApiKeyId key, long epochSecond) {
        Long before = noted.get(key);
        if (before == null || before != epochSecond) {
            noted.put(key, epochSecond);
        }
    }

    /// Writes what was noted since the last time, in one statement.
    public void write() {
        var uses = Map.copyOf(noted);
        if (uses.isEmpty()) {
            return;
        }
        try {
            table.writeLastUse(uses);
            uses.forEach(noted::remove);
        } catch (RuntimeException e) {
            LOG.warn("When keys were last used could not be written: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
        write();
    }
}
