package tv.roster.events.feed;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// Tells those who wait when there is something new in the feed of their tenant, whichever node wrote it: one query for
/// all of them, ten times a second while anybody waits. PostgreSQL's `notify` would make writers wait for each other.
public final class FeedWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// No place is after it.
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Statements statements;
    private final Map<TenantId, Set<Runnable>> waiting = new ConcurrentHashMap<>();
    private final RepeatedTask task = new RepeatedTask("feeds", this::look, LOG, "News of feeds could not be read");
    private long seen = UNKNOWN;
    private volatile boolean closed;

    public FeedWatch(Database database) {
        this.statements = database.housekeeping();
    }

    public FeedWatch start() {
        task.every(PAUSE);
        return this;
    }

    /// Calls `onNews`, on a thread that must not be kept waiting, whenever there may be something new in this feed that
    /// was not readable before, until the registration is closed. Read the feed after registering, not before.
    public Registration register(TenantId tenant, Runnable onNews) {
        waiting.compute(tenant, (same, before) -> {
            Set<Runnable> all = before == null ? ConcurrentHashMap.newKeySet() : before;
            all.add(onNews);
            return all;
        });
        return () -> waiting.computeIfPresent(tenant, (same, all) -> {
            all.remove(onNews);
            return all.isEmpty() ? null : all;
        });
    }

    /// Ends when it is closed.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// Lets the current thread wait for news of this feed.
    public Waiting waiting(TenantId tenant) {
        return new Waiting(tenant);
    }

    /// A thread that waits for news, again and again.
    public final class Waiting implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final AtomicBoolean news = new AtomicBoolean();
        private final Registration registration;

        private Waiting(TenantId tenant) {
            registration = register(tenant, () -> {
                news.set(true);
                LockSupport.unpark(thread);
            });
        }

        /// Waits until there has been news since the last call, for at most this time; returns false if there was none,
        /// or the server stops.
        public boolean await(Duration longest) {
            long end = System.nanoTime() + longest.toNanos();
            while (!news.get() && !closed && !thread.isInterrupted() && end - System.nanoTime() > 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            return news.getAndSet(false) && !closed;
        }

        public boolean isClosed() {
            return closed || thread.isInterrupted();
        }

        @Override
        public void close() {
            registration.close();
        }
    }

    private void look() {
        if (waiting.isEmpty()) {
            seen = UNKNOWN;
            return;
        }
        var tenants = Set.copyOf(waiting.keySet());
        long end = FeedWatchTable.end(statements);
        if (seen == UNKNOWN || end < seen) {
            // Nobody has looked for a while, or the database is another one.
            tell(tenants);
        } else if (end > seen) {
            tell(FeedWatchTable.withNews(statements, tenants, seen, end));
        }
        seen = end;
    }

    private void tell(Set<TenantId> tenants) {
        for (var tenant : tenants) {
            waiting.getOrDefault(tenant, Set.of()).forEach(Runnable::run);
        }
    }

    /// Ends all waiting.
    @Override
    public void close() {
        closed = true;
        task.close();
        tell(Set.copyOf(waiting.keySet()));
    }
}
