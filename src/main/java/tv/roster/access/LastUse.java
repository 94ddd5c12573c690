package tv.roster.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.values.ids.ApiKeyId;

/// When each key was last used: noted in memory by every call, written every 30 s and at the end.
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

    /// Looks before it writes: a key that is used a thousand times in a second is noted once.
    void note(ApiKeyId key, long epochSecond) {
        Long before = noted.get(key);
        if (before == null || before != epochSecond) {
            noted.put(key, epochSecond);
        }
    }

    /// Writes what was noted since the last time, in one statement.
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
