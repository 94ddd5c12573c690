package tv.roster.users.bulk;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tv.roster.platform.sql.Statements;
import tv.roster.users.UserInclude;
import tv.roster.users.UsersTable;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the users of a tenant that rows meet.
record StoredUsersTable(Statements statements, TenantId tenant) implements UserSource {
    static final String COLUMNS = UsersTable.COLUMNS + ", u.email_key, u.password_hash";

    private static final String FIND = """
            select %1$s from roster_user u where u.tenant_id = $1 and u.id = any($2::uuid[])
            union all
            select %1$s from roster_user u where u.tenant_id = $1 and u.external_id = any($3::text[])""".formatted(COLUMNS);

    private static final String HOLDERS = """
            select u.id, u.email_key, u.external_id
              from roster_user u
             where u.tenant_id = $1 and u.email_key = any($2::text[])
            union all
            select u.id, u.email_key, u.external_id
              from roster_user u
             where u.tenant_id = $1 and u.external_id = any($3::text[])""";

    private static final String PROFILES =
            "select p.user_id, p.id from user_profile p where p.tenant_id = $1 and p.user_id = any($2::uuid[])";

    @Override
    public List<UserState> find(Set<UUID> ids, Set<String> externalIds) {
        return states(statements.read(FIND, tenant.value(), uuids(ids), texts(externalIds)));
    }

    @Override
    public List<Holder> holders(Set<String> emailKeys, Set<String> externalIds) {
        return holders(statements.read(HOLDERS, tenant.value(), texts(emailKeys), texts(externalIds)));
    }

    @Override
    public Map<UserId, List<ProfileId>> profiles(Set<UUID> users) {
        var profiles = new HashMap<UserId, List<ProfileId>>();
        for (var row : statements.read(PROFILES, tenant.value(), uuids(users))) {
            profiles.computeIfAbsent(new UserId(row.getUUID(0)), user -> new ArrayList<>())
                    .add(new ProfileId(row.getUUID(1)));
        }
        return profiles;
    }

    static List<UserState> states(Iterable<Row> rows) {
        var states = new ArrayList<UserState>();
        for (var row : rows) {
            states.add(new UserState(UsersTable.user(row, UserInclude.NOTHING), row.getString(11), row.getString(12)));
        }
        return states;
    }

    static List<Holder> holders(Iterable<Row> rows) {
        var holders = new ArrayList<Holder>();
        for (var row : rows) {
            holders.add(new Holder(new UserId(row.getUUID(0)), row.getString(1), row.getString(2)));
        }
        return holders;
    }

    static UUID[] uuids(Set<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    static String[] texts(Set<String> texts) {
        return texts.toArray(String[]::new);
    }
}
