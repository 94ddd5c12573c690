package tv.roster.users.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.LikePattern;
import tv.roster.platform.sql.Sql;
import tv.roster.users.lists.UserSort.Kind;
import tv.roster.users.lists.UserSort.Order;
import tv.roster.users.values.RegistrationState;
import tv.roster.values.Cursor;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;

/// The SQL of a list: an index range for each part of the order, so that page 1,000 costs as much as page 1.
///
/// Users without a sort key come last in both directions. No index has that order in both directions, so a list is
/// read as two ranges: users with a key, then users without.
public final class UserListing {
    /// The largest page and one more user, which shows that the list continues.
    private static final int MOST_ROWS = Cursor.LARGEST_PAGE + 1;

    /// The same for pages of up to 100 users.
    private static final int USUAL_ROWS = 101;

    private static final int SHORTEST_INDEXED_PART = 3;

    private static final String ANY_EMAIL = " or ((";

    /// Addresses with a space are in quotes, and hardly anybody has one: the other index finds them faster.
    private static final String QUOTED_EMAIL = " or (u.email_key >= '\"' and u.email_key < '#' and (";

    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final StringBuilder where = new StringBuilder();
    private final boolean isFiltered;
    private boolean isPlannedEachTime;

    public UserListing(TenantId tenant, List<UserFilter> filters) {
        where.append("u.tenant_id = ").append(bind(tenant.value()));
        filters.forEach(this::add);
        isFiltered = !filters.isEmpty();
    }

    /// A range of the order.
    public enum Part {
        WITH_KEY,
        WITHOUT_KEY
    }

    /// The ranges to read in turn, beginning at `from`.
    static List<Part> parts(Order order, @Nullable Cursor from, boolean backwards) {
        if (!order.sort().isNullable()) {
            return List.of(Part.WITH_KEY);
        }
        if (from == null) {
            return backwards ? List.of(Part.WITHOUT_KEY, Part.WITH_KEY) : List.of(Part.WITH_KEY, Part.WITHOUT_KEY);
        }
        if (from.key() == null) {
            return backwards ? List.of(Part.WITHOUT_KEY, Part.WITH_KEY) : List.of(Part.WITHOUT_KEY);
        }
        return backwards ? List.of(Part.WITH_KEY) : List.of(Part.WITH_KEY, Part.WITHOUT_KEY);
    }

    /// Restricts the list to up to `limit` users of one range, after `from` if that is within it.
    ///
    /// The constant limit inside is for the planner: a generic plan does not know the parameter, expects to read a
    /// tenth of the table, and would then collect and sort all users that match a common flag or name. Without
    /// filters, the constant is close to the usual page size, since a generic plan for more rows would be estimated
    /// as more expensive than replanning each page, which it is not.
    public UserListing range(Order order, Part part, @Nullable Cursor from, boolean backwards, int limit) {
        var sort = order.sort();
        boolean ascending = order.descending() == backwards;
        if (sort.isNullable()) {
            where.append(" and ").append(sort.column()).append(part == Part.WITH_KEY ? " is not null" : " is null");
        }
        if (from != null && (sort.kind() == Kind.ID || (from.key() == null) == (part == Part.WITHOUT_KEY))) {
            where.append(" and ").append(behind(sort, part, ascending ? " > " : " < ", from));
        }
        var orderBy = orderBy(sort, part, ascending ? " asc" : " desc");
        where.insert(0, "from (select u.* from roster_user u where ")
                .append(orderBy)
                .append(" limit ")
                .append(isFiltered || limit > USUAL_ROWS ? MOST_ROWS : USUAL_ROWS)
                .append(") u")
                .append(orderBy)
                .append(" limit ")
                .append(bind(limit));
        return this;
    }

    /// Restricts the list to up to `limit` users with ids after `from` and up to `to`, in this order. All users in
    /// between are read, whatever the filters are: `offset 0` keeps the planner from looking for them elsewhere.
    UserListing within(UUID from, UUID to, int limit) {
        where.insert(
                        0,
                        "from (select u.* from roster_user u where u.tenant_id = $1 and u.id > " + bind(from)
                                + " and u.id <= " + bind(to) + " order by u.id offset 0) u where ")
                .append(" order by u.id limit ")
                .append(bind(limit));
        return this;
    }

    /// Without a key, the order is that of ids. If one index contains both ranges, its first column is included
    /// nevertheless, since PostgreSQL does not recognise that it is null throughout.
    private static String orderBy(UserSort sort, Part part, String direction) {
        return " order by "
                + switch (sort.kind()) {
                    case ID -> "u.id" + direction;
                    case UNIQUE_TEXT -> (part == Part.WITH_KEY ? sort.column() : "u.id") + direction;
                    case TEXT -> sort.column() + direction + ", u.id" + direction;
                    case TIME -> (part == Part.WITH_KEY ? sort.column() + direction + ", " : "") + "u.id" + direction;
                };
    }

    private String behind(UserSort sort, Part part, String beyond, Cursor from) {
        if (part == Part.WITHOUT_KEY) {
            return "u.id" + beyond + bind(from.id());
        }
        return switch (sort.kind()) {
            case ID -> "u.id" + beyond + bind(from.id());
            case UNIQUE_TEXT -> sort.column() + beyond + bind(from.key());
            case TEXT -> pair(sort) + beyond + "(" + bind(from.key()) + ", " + bind(from.id()) + ")";
            case TIME ->
                pair(sort) + beyond + "(" + bind(Long.valueOf(String.valueOf(from.key()))) + ", " + bind(from.id())
                        + ")";
        };
    }

    private static String pair(UserSort sort) {
        return "(" + sort.column() + ", u.id)";
    }

    private void add(UserFilter filter) {
        where.append(" and ");
        switch (filter) {
            case UserFilter.Id f -> any("u.id", f.ids().toArray(UUID[]::new));
            case UserFilter.External f -> any("u.external_id", f.ids().toArray(String[]::new));
            case UserFilter.Email f -> any("u.email_key", f.keys().toArray(String[]::new));
            case UserFilter.Telephone f -> any("u.telephone_digits", f.digits().toArray(String[]::new));
            case UserFilter.State f -> where.append(state(f));
            case UserFilter.Flags f ->
                // The first condition matches the partial indexes of users with flags.
                where.append("u.user_flags <> '{}' and u.user_flags && ")
                        .append(bind(f.flags().toArray(String[]::new)));
            case UserFilter.NameContains f -> where.append(nameContains(f));
            case UserFilter.Search f -> search(f);
            case UserFilter.CreatedSince f -> where.append("u.id >= ").append(bind(Ids.firstOf(f.epochSecond())));
            case UserFilter.UpdatedSince f -> where.append("u.updated_time >= ").append(bind(f.epochSecond()));
        }
    }

    /// A single value is compared with `=`, for which PostgreSQL reuses a generic plan; for an array it would
    /// replan each time.
    private void any(String column, Object[] values) {
        where.append(column).append(" = ");
        if (values.length == 1) {
            where.append(bind(values[0]));
        } else {
            where.append("any(").append(bind(values)).append(')');
        }
    }

    private static String state(UserFilter.State filter) {
        if (filter.states().size() == RegistrationState.values().length) {
            return "true";
        }
        return filter.states().contains(RegistrationState.REGISTERED)
                ? "u.registered_time is not null"
                : "u.registered_time is null";
    }

    /// Texts of fewer than three characters have no trigram, so looking them up would read the whole index.
    private String nameContains(UserFilter.NameContains filter) {
        boolean indexed = filter.folded().stream().allMatch(part -> part.length() >= SHORTEST_INDEXED_PART);
        var patterns = filter.folded().stream().map(LikePattern::containing).toArray(String[]::new);
        return name(indexed) + " like any(" + bind(patterns) + ")";
    }

    private static String name(boolean indexed) {
        return indexed ? "u.name_folded" : "(u.name_folded || '')";
    }

    /// Unlike an array, single patterns can also be the beginnings that an ordinary index finds.
    private String anyLike(String column, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> column + " like " + bind(pattern))
                .collect(Collectors.joining(" or "));
    }

    /// A user must be found for one of several members, so an index that cannot be used for the name is of no use
    /// for the others either.
    private void search(UserFilter.Search filter) {
        var text = filter.text();
        where.append('(').append(anyLike(name(filter.indexed()), text.names()));
        where.append(text.hasSpace() ? QUOTED_EMAIL : ANY_EMAIL)
                .append(anyLike("user_email_folded(u.email_key)", text.emails()))
                .append("))");
        where.append(" or ").append(anyLike("u.external_id", text.externalIds()));
        if (!text.telephones().isEmpty()) {
            where.append(" or ").append(anyLike("u.telephone_digits", text.telephones()));
        }
        var ids = text.ids();
        if (ids != null) {
            where.append(" or u.id between ")
                    .append(bind(ids.first()))
                    .append(" and ")
                    .append(bind(ids.last()));
        }
        where.append(')');
        isPlannedEachTime = true;
    }

    private String bind(@Nullable Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    /// The text before the statement.
    ///
    /// How many users have a searched text decides between an index and the order of the list. A plan for all texts
    /// reads the whole table for a rare one, or sorts half of it for a common one.
    String prefix() {
        return isPlannedEachTime ? Sql.PLANNED_EACH_TIME : "";
    }

    /// The text after the columns of a page, or the `where` clause of a count.
    String sql() {
        return where.toString();
    }

    @Nullable
    public Object[] parameters() {
        return parameters.toArray();
    }
}
