package tv.roster.users;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;

/// Locks users until the transaction ends.
public final class UserLocksTable {
    private static final String LOCK = "select %s from roster_user u where u.tenant_id = $1 and %s for no key update";

    private static final String LOCK_BY_ID = LOCK.formatted(UsersTable.COLUMNS, "u.id = $2::uuid");

    private static final String LOCK_BY_EXTERNAL_ID = LOCK.formatted(UsersTable.COLUMNS, "u.external_id = $2::text");

    /// The ids are found first and locked in their order by the primary key.
    private static final Sql LOCK_ALL = Sql.of("""
            select u.id from roster_user u
             where u.tenant_id = :tenant
               and u.id = any(array(
                       select i.id from unnest(:ids::uuid[]) i (id)
                       union
                       select e.id from roster_user e
                        where e.tenant_id = :tenant and e.external_id = any(:external_ids::text[])
                       union
                       select p.user_id from user_profile p
                        where p.tenant_id = :tenant and p.id = any(:profile_ids::uuid[])))
             order by u.id
               for no key update""");

    private UserLocksTable() {}

    /// Locks a user, and returns it.
    static Optional<User> lock(Statements transaction, TenantId tenant, UserKey key) {
        return transaction
                .first(key.isExternal() ? LOCK_BY_EXTERNAL_ID : LOCK_BY_ID, tenant.value(), key.parameter())
                .map(row -> UsersTable.user(row, UserInclude.NOTHING));
    }

    /// Locks the users with these keys or profiles, as far as they exist, in the order of their ids.
    public static void lockAll(
            Statements transaction, TenantId tenant, Collection<UserKey> keys, Collection<ProfileId> profiles) {
        transaction.query(LOCK_ALL.bind()
                .set("tenant", tenant.value())
                .set("ids", parameters(keys, false).toArray(UUID[]::new))
                .set("external_ids", parameters(keys, true).toArray(String[]::new))
                .set("profile_ids", profiles.stream().map(ProfileId::value).toArray(UUID[]::new)));
    }

    private static Stream<Object> parameters(Collection<UserKey> keys, boolean external) {
        return keys.stream().filter(key -> key.isExternal() == external).map(UserKey::parameter);
    }
}
