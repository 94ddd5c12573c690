package tv.roster.exports;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.eventloop.Loop;
import tv.roster.platform.sql.Patience;
import tv.roster.users.User;

/// Users in the order of creation, page by page, the next of which is read while the one before is used.
final class UserPages implements AutoCloseable {
    private static final int MOST_USERS = 500;
    private static final int FEWEST_USERS = 20;

    /// Bytes of a page in memory, more or less.
    private static final int PAGE = 512 << 10;

    private static final int USER = 1 << 10;
    private static final int FLAG = 1 << 7;

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofMillis(500));

    private final Loop loop;
    private final UserWalk walk;
    private @Nullable FutureTask<List<User>> ahead;
    private volatile boolean closed;

    /// @param loop where the caller runs
    UserPages(Loop loop, UserWalk walk) {
        this.loop = loop;
        this.walk = walk;
    }

    /// The first page; empty if there are no users. Throws a refusal if it cannot be read.
    List<User> first() {
        return then(walk.next(MOST_USERS));
    }

    /// The next page; empty after the last one. If the database is away, waits some seconds for its return.
    List<User> next() {
        var task = ahead;
        if (task == null) {
            return List.of();
        }
        try {
            return then(task.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Starts to read the page after this one, if there is one.
    private List<User> then(List<User> page) {
        ahead = null;
        if (!walk.isOver()) {
            int wanted = Math.clamp(PAGE / bytesOfUser(page), FEWEST_USERS, MOST_USERS);
            var task = new FutureTask<>(() -> PATIENCE.retry(() -> walk.next(wanted), () -> closed));
            ahead = task;
            loop.start(task);
        }
        return page;
    }

    /// Texts have a limit; flags are what makes some users many times as large as others.
    private static int bytesOfUser(List<User> page) {
        long flags = page.stream().mapToLong(user -> user.flags().size()).sum();
        return USER + (int) (flags * FLAG / Math.max(1, page.size()));
    }

    /// Reads no more.
    @Override
    public void close() {
        closed = true;
    }
}
