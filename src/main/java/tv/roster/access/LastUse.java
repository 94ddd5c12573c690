package tv.roster.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.values.ids.ApiKeyId;

/// When each key was last used: noted in memory by every request, written every 30 s and on shutdown.
public final class LastUse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final DirectoryTable table;
    private final Map<ApiKeyId, Long> noted = new ConcurrentHashMap<>();
    private final RepeatedTask writing =
            new RepeatedTask("last-use", this::write, LOG, "When keys were last used could not be written");

    public LastUse(DirectoryTable table) {
        this.table = table;
        writing.every(PAUSE);
    }

    /// Reads before it writes, so that a key used a thousand times in a second is written once.
    void note(ApiKeyId key, long epochSecond) {
        Long before = noted.get(key);
        if (before == null || before != epochSecond) {
            noted.put(key, epochSecond);
        }
    }

    /// Writes what has been noted since the last time, in one statement.
    private void write() {
        var uses = Map.copyOf(noted);
        if (uses.isEmpty()) {
            return;
        }
        table.writeLastUse(uses);
        uses.forEach(noted::remove);
    }

    @Override
    public void close() {
        writing.close();
        writing.run();
    }
}
