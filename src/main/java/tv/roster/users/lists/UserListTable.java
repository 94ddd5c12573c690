package tv.roster.users.lists;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.users.User;
import tv.roster.users.UserInclude;
import tv.roster.users.UsersTable;
import tv.roster.users.lists.UserSort.Order;
import tv.roster.values.Cursor;
import tv.roster.values.ids.TenantId;

/// Reads pages of users.
public final class UserListTable {
    private static final Map<UserInclude, String> LIST = UsersTable.withIncludes("select %s ");

    private static final String COUNT = "select count(*) as total from roster_user u where ";

    private static final String ID_AFTER = """
            select u.id from roster_user u where u.tenant_id = $1 and u.id > $2 order by u.id offset $3 limit 1""";

    /// The number of users of a page that one statement reads.
    private static final int SLICE = 250;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /// Reading so many users takes less time than an index of all tenants may take to find a text.
    private static final int FEW_USERS = 10_000;

    private UserListTable() {}

    /// Up to `limit` users after `from` in this order, or before it and in reverse with `backwards`. They are read
    /// in slices and added to `weight`, so that a page of large users does not fill the memory.
    public static List<User> list(
            Statements statements,
            TenantId tenant,
            List<UserFilter> filters,
            Order order,
            UserInclude include,
            @Nullable Cursor from,
            boolean backwards,
            int limit,
            PageWeight weight) {
        var suited = suited(statements, tenant, filters);
        var users = new ArrayList<User>(limit);
        var place = from;
        for (var part : UserListing.parts(order, from, backwards)) {
            int wanted = Math.min(SLICE, limit - users.size());
            while (wanted > 0) {
                var listing = new UserListing(tenant, suited).range(order, part, place, backwards, wanted);
                var rows = statements.read(listSql(listing, include), listing.parameters());
                for (var row : rows) {
                    var user = UsersTable.user(row, include);
                    weight.add(user);
                    users.add(user);
                }
                place = users.isEmpty() ? place : order.cursor(users.getLast());
                wanted = rows.size() < wanted ? 0 : Math.min(SLICE, limit - users.size());
            }
        }
        return backwards ? reversed(users) : users;
    }

    /// Up to `limit` users in the order of creation, with ids after `from`, in one statement.
    public static List<User> next(
            Statements statements, TenantId tenant, List<UserFilter> filters, UUID from, int limit) {
        var place = new Cursor(null, from);
        return users(
                statements,
                new UserListing(tenant, suited(statements, tenant, filters))
                        .range(Order.OLDEST_FIRST, UserListing.Part.WITH_KEY, place, false, limit));
    }

    /// The same up to the id `to`. Reads all users in between instead of what an index finds for the filters, which
    /// would be read again for each page.
    public static List<User> within(
            Statements statements, TenantId tenant, List<UserFilter> filters, UUID from, UUID to, int limit) {
        return users(statements, new UserListing(tenant, filters).within(from, to, limit));
    }

    /// The filters without the use of indexes that contain the users of all tenants, if the tenant has few users: it
    /// must not wait longer because others have many.
    private static List<UserFilter> suited(Statements statements, TenantId tenant, List<UserFilter> filters) {
        if (filters.stream().noneMatch(UserFilter.Search.class::isInstance)
                || idAfter(statements, tenant, BEFORE_ALL, FEW_USERS).isPresent()) {
            return filters;
        }
        return filters.stream()
                .map(filter -> filter instanceof UserFilter.Search search ? search.withoutIndexes() : filter)
                .toList();
    }

    private static List<User> users(Statements statements, UserListing listing) {
        var rows = statements.read(listSql(listing, UserInclude.NOTHING), listing.parameters());
        var users = new ArrayList<User>(rows.size());
        for (var row : rows) {
            users.add(UsersTable.user(row, UserInclude.NOTHING));
        }
        return users;
    }

    /// The id that is so many users after `from` in the order of creation; empty if there are fewer.
    public static Optional<UUID> idAfter(Statements statements, TenantId tenant, UUID from, int users) {
        return statements.find(ID_AFTER, tenant.value(), from, users - 1).map(row -> row.getUUID("id"));
    }

    /// The statement that reads a range.
    public static String listSql(UserListing range, UserInclude include) {
        return range.prefix() + Objects.requireNonNull(LIST.get(include)) + range.sql();
    }

    private static List<User> reversed(List<User> users) {
        Collections.reverse(users);
        return users;
    }

    public static long count(Statements statements, TenantId tenant, List<UserFilter> filters) {
        var listing = new UserListing(tenant, suited(statements, tenant, filters));
        return statements
                .find(listing.prefix() + COUNT + listing.sql(), listing.parameters())
                .orElseThrow()
                .getLong("total");
    }
}
