package tv.roster.events.feed;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.sql.Statements;

/// How long the feed has waited for a transaction that is still open while others have ended: the time since the first
/// of
/// these ended, whose events cannot be read yet. It costs one statement without a table every few seconds, however many
/// events there are.
public final class FeedLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedLag.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// The times of half a day; of a transaction that is open for longer, no further ones are needed.
    private static final int MOST_TIMES = 10_000;

    private final Statements statements;
    private final LongSupplier nanoTime;

    /// When it was first seen that the transaction before this one had ended.
    private final NavigableMap<Long, Long> ended = new TreeMap<>();

    private final RepeatedTask task =
            new RepeatedTask("feed-lag", this::look, LOG, "The lag of the feed could not be read");
    private volatile long since;
    private volatile boolean waits;

    public FeedLag(Database database) {
        this(database.housekeeping(), System::nanoTime);
    }

    FeedLag(Statements statements, LongSupplier nanoTime) {
        this.statements = statements;
        this.nanoTime = nanoTime;
    }

    public FeedLag start() {
        task.every(PAUSE);
        return this;
    }

    public double seconds() {
        return waits ? (double) (nanoTime.getAsLong() - since) / TimeUnit.SECONDS.toNanos(1) : 0;
    }

    void look() {
        var bounds = FeedLagTable.read(statements);
        if (!ended.isEmpty() && bounds.beyond() < ended.lastKey()) {
            // Another database, where the ids of transactions are smaller.
            ended.clear();
        }
        // The events of these can be read.
        ended.headMap(bounds.oldest(), true).clear();
        if (bounds.oldest() < bounds.beyond() && ended.size() < MOST_TIMES) {
            ended.putIfAbsent(bounds.beyond(), nanoTime.getAsLong());
        }
        since = ended.isEmpty() ? 0 : ended.firstEntry().getValue();
        waits = !ended.isEmpty();
    }

    @Override
    public void close() {
        task.close();
    }
}
