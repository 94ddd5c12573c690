package tv.roster.users;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Statements;
import tv.roster.profiles.Profile;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads users.
public final class UsersTable {
    /// The columns of a user, in the order in which [#user] reads them.
    public static final String COLUMNS = """
            u.id, u.version, u.name, u.user_flags, u.email, u.telephone, u.registered_time, u.external_id,
            u.default_profile_id, u.password_hash is not null as password_set, u.updated_time""";

    private static final String FIND = "select %s from roster_user u where u.tenant_id = $1 and u.id = $2";

    private static final String FIND_BY_EXTERNAL_ID =
            "select %s from roster_user u where u.tenant_id = $1 and u.external_id = $2";

    private static final String TAKEN = """
            select u.id, u.external_id, u.email_key = $2 as has_email, u.external_id = $3 as has_external_id
              from roster_user u
             where u.tenant_id = $1 and (u.email_key = $2 or u.external_id = $3)""";

    /// A scalar subquery instead of a join: to join it to a page of users, PostgreSQL would read the whole profile
    /// table. The tenant is the first parameter of every statement.
    private static final String PROFILES = """
            , (select json_agg(json_build_array(p.id, p.name, p.is_child_profile, p.age_limit) order by p.id)
                 from user_profile p
                where p.tenant_id = $1 and p.user_id = u.id%s) as profiles""";

    private static final Map<UserInclude, String> FIND_SQL = withIncludes(FIND);
    private static final Map<UserInclude, String> FIND_BY_EXTERNAL_ID_SQL = withIncludes(FIND_BY_EXTERNAL_ID);

    private UsersTable() {}

    /// The statement, with a `%s` for its columns, for each [UserInclude], so that no text is formatted while a
    /// request waits.
    public static Map<UserInclude, String> withIncludes(String sql) {
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

    /// A user that has the e-mail address or the external id already.
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

    /// Columns are read by position: looking up eleven names would cost more than the row.
    public static User user(Row row, UserInclude include) {
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
