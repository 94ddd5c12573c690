package tv.roster.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.sql.TookTooLong;
import tv.roster.users.User;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.lists.UserListTable;
import tv.roster.values.ids.TenantId;

/// A walk through all users of a tenant in the order of creation, by statements of their own: so nothing is held in the
/// database between them, and a user that exists from the beginning to the end is met exactly once.
///
/// At first each page is read as a page of a list is. If that takes long, PostgreSQL reads all that matches the filters
/// for each page, and the pages of many users would take many times as long as reading all users once, which is what
/// the walk then does. Used by one thread at a time.
final class UserWalk {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID AFTER_ALL = new UUID(-1, -1);
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// The users that a statement reads to find those that match.
    private static final int LONGEST_STRETCH = 10_000;

    private static final int SHORTEST_STRETCH = 500;

    private final Statements statements;
    private final TenantId tenant;
    private final List<UserFilter> filters;
    private UUID place = BEFORE_ALL;
    private int stretch = LONGEST_STRETCH;
    private boolean readsAll;
    private boolean over;

    UserWalk(Statements statements, TenantId tenant, List<UserFilter> filters) {
        this.statements = statements;
        this.tenant = tenant;
        this.filters = filters;
    }

    /// Whether there are no more users.
    boolean isOver() {
        return over;
    }

    /// The next users, `wanted` of them unless there are fewer. If it throws, it can be called again. Since no
    /// statement
    /// reads much, one that takes too long is no fault of the filters.
    List<User> next(int wanted) {
        try {
            return readsAll ? fromAll(wanted) : fromList(wanted);
        } catch (TookTooLong e) {
            stretch = Math.max(SHORTEST_STRETCH, stretch / 2);
            throw new Refusal(ErrorCode.UNAVAILABLE, "The database is overloaded.");
        }
    }

    private List<User> fromList(int wanted) {
        long start = System.nanoTime();
        try {
            var users = UserListTable.next(statements, tenant, filters, place, wanted);
            over = users.size() < wanted;
            place = over ? AFTER_ALL : idOfLast(users);
            readsAll = !filters.isEmpty() && System.nanoTime() - start > LONG_NANOS;
            return users;
        } catch (TookTooLong e) {
            if (filters.isEmpty()) {
                throw e;
            }
            readsAll = true;
            return fromAll(wanted);
        }
    }

    private List<User> fromAll(int wanted) {
        var found = new ArrayList<User>();
        var from = place;
        boolean isEnd = false;
        while (!isEnd && found.size() < wanted) {
            // The end is read first: users that are deleted in between move no others across it.
            var end = UserListTable.idAfter(statements, tenant, from, stretch);
            int missing = wanted - found.size();
            var users = UserListTable.within(statements, tenant, filters, from, end.orElse(AFTER_ALL), missing);
            found.addAll(users);
            boolean isWhole = users.size() < missing;
            from = isWhole ? end.orElse(AFTER_ALL) : idOfLast(users);
            isEnd = isWhole && end.isEmpty();
        }
        place = from;
        over = isEnd;
        return found;
    }

    private static UUID idOfLast(List<User> users) {
        return users.getLast().id().value();
    }
}
