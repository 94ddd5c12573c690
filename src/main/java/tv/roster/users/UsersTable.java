package tv.roster.users;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.Statements;
import tv.roster.profiles.Profile;
import tv.roster.users.UserSort.Order;
import tv.roster.values.Cursor;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads users.
final class UsersTable {
    /// The columns of a user, in the order in which [#user] takes them.
    static final String COLUMNS = """
            u.id, u.version, u.name, u.user_flags, u.email, u.telephone, u.registered_time, u.external_id,
            u.default_profile_id, u.password_hash is not null as password_set, u.updated_time""";

    private static final String FIND = "select %s from roster_user u where u.tenant_id = $1 and u.id = $2";

    private static final String FIND_BY_EXTERNAL_ID =
            "select %s from roster_user u where u.tenant_id = $1 and u.external_id = $2";

    private static final String LIST = "select %s ";

    private static final String COUNT = "select count(*) as total from roster_user u where ";

    private static final String TAKEN = """
            select u.id, u.external_id, u.email_key = $2 as has_email, u.external_id = $3 as has_external_id
              from roster_user u
             where u.tenant_id = $1 and (u.email_key = $2 or u.external_id = $3)""";

    /// A scalar subquery, not a join: joined to a page of users, PostgreSQL reads the whole profile table.
    private static final String PROFILES = """
            , (select json_agg(json_build_array(p.id, p.name, p.is_child_profile, p.age_limit) order by p.id)
                 from user_profile p
                where p.tenant_id = u.tenant_id and p.user_id = u.id%s) as profiles""";

    private static final Map<UserInclude, String> FIND_SQL = withIncludes(FIND);
    private static final Map<UserInclude, String> FIND_BY_EXTERNAL_ID_SQL = withIncludes(FIND_BY_EXTERNAL_ID);
    private static final Map<UserInclude, String> LIST_SQL = withIncludes(LIST);

    /// Users that one statement reads of a page.
    private static final int SLICE = 250;

    private UsersTable() {}

    /// The statement once for each [UserInclude], so that none is put together while a request waits.
    private static Map<UserInclude, String> withIncludes(String sql) {
        return new EnumMap<>(Map.of(
                UserInclude.NOTHING,
                sql.formatted(COLUMNS),
                UserInclude.DEFAULT_PROFILE,
                sql.formatted(COLUMNS + PROFILES.formatted(" and p.id = u.default_profile_id")),
                UserInclude.ALL_PROFILES,
                sql.formatted(COLUMNS + PROFILES.formatted(""))));
    }

    private static String sql(Map<UserInclude, String> statements, UserInclude include) {
        return Objects.requireNonNull(statements.get(include));
    }

    static Optional<User> find(Statements statements, TenantId tenant, UserId id, UserInclude include) {
        return statements
                .lookUp(sql(FIND_SQL, include), tenant.value(), id.value())
                .map(row -> user(row, include));
    }

    static Optional<User> findByExternalId(
            Statements statements, TenantId tenant, ExternalId externalId, UserInclude include) {
        return statements
                .lookUp(sql(FIND_BY_EXTERNAL_ID_SQL, include), tenant.value(), externalId.value())
                .map(row -> user(row, include));
    }

    /// Up to `limit` users behind `from` in this order, or before it and in reverse when `backwards`. They are read in
    /// slices, and each is put on `weight`, so that a page of large users does not fill the memory.
    static List<User> list(
            Statements statements,
            TenantId tenant,
            List<UserFilter> filters,
            Order order,
            UserInclude include,
            @Nullable Cursor from,
            boolean backwards,
            int limit,
            PageWeight weight) {
        var users = new ArrayList<User>(limit);
        var place = from;
        for (var part : UserListing.parts(order, from, backwards)) {
            int wanted = Math.min(SLICE, limit - users.size());
            while (wanted > 0) {
                var listing = new UserListing(tenant, filters).range(order, part, place, backwards, wanted);
                var rows = statements.read(listSql(listing, include), listing.parameters());
                for (var row : rows) {
                    var user = user(row, include);
                    weight.add(user);
                    users.add(user);
                }
                place = users.isEmpty() ? place : order.cursor(users.getLast());
                wanted = rows.size() < wanted ? 0 : Math.min(SLICE, limit - users.size());
            }
        }
        return backwards ? reversed(users) : users;
    }

    /// The statement that reads a range.
    static String listSql(UserListing range, UserInclude include) {
        return sql(LIST_SQL, include) + range.sql();
    }

    private static List<User> reversed(List<User> users) {
        Collections.reverse(users);
        return users;
    }

    static long count(Statements statements, TenantId tenant, List<UserFilter> filters) {
        var listing = new UserListing(tenant, filters);
        return statements
                .find(COUNT + listing.sql(), listing.parameters())
                .orElseThrow()
                .getLong("total");
    }

    /// Who has an e-mail address or an external id already.
    record Taken(UserId user, @Nullable String ownExternalId, boolean email, boolean externalId) {}

    static List<Taken> taken(
            Statements statements, TenantId tenant, @Nullable String emailKey, @Nullable String externalId) {
        var taken = new ArrayList<Taken>();
        for (var row : statements.read(TAKEN, tenant.value(), emailKey, externalId)) {
            taken.add(new Taken(
                    new UserId(row.getUUID("id")),
                    row.getString("external_id"),
                    Boolean.TRUE.equals(row.getBoolean("has_email")),
                    Boolean.TRUE.equals(row.getBoolean("has_external_id"))));
        }
        return taken;
    }

    /// Columns are taken by position: looking up eleven names costs more than the row.
    static User user(Row row, UserInclude include) {
        var id = new UserId(row.getUUID(0));
        var defaultProfile = new ProfileId(row.getUUID(8));
        return new User(
                id,
                row.getInteger(1),
                row.getString(2),
                List.of(row.getArrayOfStrings(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                defaultProfile,
                row.getBoolean(9),
                row.getLong(10),
                include == UserInclude.NOTHING ? List.of() : profiles(row, id, defaultProfile));
    }

    private static List<Profile> profiles(Row row, UserId user, ProfileId defaultProfile) {
        var profiles = new ArrayList<Profile>();
        if (row.getJson(row.size() - 1) instanceof JsonArray array) {
            for (var element : array) {
                var profile = (JsonArray) element;
                var id = new ProfileId(UUID.fromString(profile.getString(0)));
                profiles.add(new Profile(
                        id,
                        user,
                        profile.getString(1),
                        profile.getBoolean(2),
                        profile.getInteger(3),
                        id.equals(defaultProfile)));
            }
        }
        return List.copyOf(profiles);
    }
}
