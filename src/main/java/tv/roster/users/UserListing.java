package tv.roster.users;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.ids.Ids;
import tv.roster.ids.TenantId;
import tv.roster.jsonapi.Cursor;
import tv.roster.users.UserSort.Kind;
import tv.roster.users.UserSort.Order;

/// The SQL of one list: an index range for each part of the order, so that page 1,000 costs what page 1 costs.
///
/// Users without a sort key come last whichever way the sort goes. No index has that order both ways, so a list is
/// read as two ranges of one index: those with a key, then those without.
final class UserListing {
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final StringBuilder where = new StringBuilder();

    UserListing(TenantId tenant, List<UserFilter> filters) {
        where.append("u.tenant_id = ").append(bind(tenant.value()));
        filters.forEach(this::add);
    }

    /// One range of the order.
    enum Part {
        WITH_KEY,
        WITHOUT_KEY
    }

    /// The ranges to read, one after the other, from `from` on.
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

    /// Restricts the list to one range, behind `from` if that lies in it.
    UserListing range(Order order, Part part, @Nullable Cursor from, boolean backwards, int limit) {
        var sort = order.sort();
        var direction = order.descending() == backwards ? " asc" : " desc";
        var beyond = order.descending() == backwards ? " > " : " < ";
        boolean byId = part == Part.WITHOUT_KEY || sort.kind() == Kind.ID;
        boolean startsHere =
                from != null && (sort.kind() == Kind.ID || (from.key() == null) == (part == Part.WITHOUT_KEY));
        if (part == Part.WITHOUT_KEY) {
            where.append(" and ").append(sort.column()).append(" is null");
        } else if (sort.isNullable()) {
            where.append(" and ").append(sort.column()).append(" is not null");
        }
        if (from != null && startsHere) {
            where.append(" and ").append(behind(sort, byId, beyond, from));
        }
        where.append(" order by ");
        if (byId) {
            where.append("u.id").append(direction);
        } else {
            where.append(sort.column()).append(direction);
            // A unique key has no ties, and its index no id to break them.
            where.append(sort.kind() == Kind.UNIQUE_TEXT ? "" : ", u.id" + direction);
        }
        where.append(" limit ").append(bind(limit));
        return this;
    }

    private String behind(UserSort sort, boolean byId, String beyond, Cursor from) {
        if (byId) {
            return "u.id" + beyond + bind(from.id());
        }
        return switch (sort.kind()) {
            case UNIQUE_TEXT -> sort.column() + beyond + bind(from.key());
            case TEXT ->
                "(" + sort.column() + ", u.id)" + beyond + "(" + bind(from.key()) + ", " + bind(from.id()) + ")";
            case TIME ->
                "(" + sort.column() + ", u.id)" + beyond + "(" + bind(Long.valueOf(String.valueOf(from.key()))) + ", "
                        + bind(from.id()) + ")";
            case ID -> throw new IllegalArgumentException("ids are their own key");
        };
    }

    private void add(UserFilter filter) {
        where.append(" and ");
        switch (filter) {
            case UserFilter.Id f ->
                where.append("u.id = any(")
                        .append(bind(f.ids().toArray(UUID[]::new)))
                        .append(')');
            case UserFilter.External f -> any("u.external_id", f.ids());
            case UserFilter.Email f -> any("u.email_key", f.keys());
            case UserFilter.Telephone f -> any("u.telephone_digits", f.digits());
            case UserFilter.State f -> where.append(state(f));
            case UserFilter.Flags f ->
                // The first half names the partial index of those who have flags at all.
                where.append("u.user_flags <> '{}' and u.user_flags && ")
                        .append(bind(f.flags().toArray(String[]::new)));
            case UserFilter.NameContains f -> where.append(nameContains(f));
            case UserFilter.CreatedSince f -> where.append("u.id >= ").append(bind(Ids.firstOf(f.epochSecond())));
            case UserFilter.UpdatedSince f -> where.append("u.updated_time >= ").append(bind(f.epochSecond()));
        }
    }

    private void any(String column, List<String> values) {
        where.append(column)
                .append(" = any(")
                .append(bind(values.toArray(String[]::new)))
                .append(')');
    }

    private static String state(UserFilter.State filter) {
        if (filter.states().size() == RegistrationState.values().length) {
            return "true";
        }
        return filter.states().contains(RegistrationState.REGISTERED)
                ? "u.registered_time is not null"
                : "u.registered_time is null";
    }

    private String nameContains(UserFilter.NameContains filter) {
        var alternatives = filter.folded().stream()
                .map(part -> part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                .map(part -> "u.name_folded like " + bind("%" + part + "%"))
                .toList();
        return "(" + String.join(" or ", alternatives) + ")";
    }

    private String bind(@Nullable Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    /// What follows `where`.
    String sql() {
        return where.toString();
    }

    @Nullable
    Object[] parameters() {
        return parameters.toArray();
    }
}
