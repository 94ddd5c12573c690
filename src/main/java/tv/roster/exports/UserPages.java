package tv.roster.exports;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.eventloop.Loop;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.sql.TookTooLong;
import tv.roster.users.User;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.lists.UserListTable;
import tv.roster.values.ids.TenantId;

/// Users in the order of creation, page by page, each read by one statement while the page before is used: so nothing
/// is held in the database in between, and a user that exists from the beginning to the end is met exactly once.
final class UserPages implements AutoCloseable {
    private static final int MOST_USERS = 500;
    private static final int FEWEST_USERS = 20;

    /// Bytes of a page in memory, more or less.
    private static final int PAGE = 512 << 10;

    private static final int USER = 1 << 10;
    private static final int FLAG = 1 << 7;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Loop loop;
    private final Statements statements;
    private final TenantId tenant;
    private final List<UserFilter> filters;
    private int size = MOST_USERS;
    private @Nullable FutureTask<List<User>> ahead;
    private volatile boolean closed;

    /// @param loop where the caller runs
    UserPages(Loop loop, Statements statements, TenantId tenant, List<UserFilter> filters) {
        this.loop = loop;
        this.statements = statements;
        this.tenant = tenant;
        this.filters = filters;
    }

    /// The first page; empty if there are no users. Throws a refusal if it cannot be read.
    List<User> first() {
        return then(read(null, size));
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
        if (page.size() < size) {
            ahead = null;
            return page;
        }
        var last = page.getLast();
        size = Math.clamp(PAGE / bytesOfUser(page), FEWEST_USERS, MOST_USERS);
        int wanted = size;
        var task = new FutureTask<>(() -> readPatiently(last, wanted));
        ahead = task;
        loop.start(task);
        return page;
    }

    /// Texts have a limit; flags are what makes some users many times as large as others.
    private static int bytesOfUser(List<User> page) {
        long flags = page.stream().mapToLong(user -> user.flags().size()).sum();
        return USER + (int) (flags * FLAG / page.size());
    }

    private List<User> readPatiently(User last, int wanted) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return read(last, wanted);
            } catch (Refusal refusal) {
                boolean isAway = refusal.status() == ErrorCode.UNAVAILABLE.status();
                if (!isAway || closed || System.nanoTime() > end) {
                    throw refusal;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private List<User> read(@Nullable User last, int wanted) {
        try {
            return UserListTable.next(statements, tenant, filters, last, wanted);
        } catch (TookTooLong e) {
            throw new Refusal(
                    ErrorCode.TOO_EXPENSIVE,
                    "Finding users with these filters exceeds the time limit of an export: leave a filter out, or"
                            + " search for fewer names or for longer parts of them.",
                    Source.parameter("filter"));
        }
    }

    /// Reads no more.
    @Override
    public void close() {
        closed = true;
    }
}
