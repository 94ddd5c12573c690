package tv.roster.profiles;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads and writes profiles. Adding or removing one locks its user first, since the limit and the default profile
/// are rules about all profiles of a user together.
final class ProfilesTable {
    private static final String COLUMNS =
            "p.id, p.user_id, p.name, p.is_child_profile, p.age_limit, p.id = u.default_profile_id as is_default";

    private static final String SELECT = """
            select %s
              from user_profile p
              join roster_user u on u.tenant_id = $1 and u.id = p.user_id
             where p.tenant_id = $1 and\s""".formatted(COLUMNS);

    private static final String FIND = SELECT + "p.id = $2";

    private static final String FIND_DEFAULT = SELECT + "p.id = u.default_profile_id and u.id = $2";

    private static final String OF_USER = SELECT + "p.user_id = $2 order by p.id";

    private static final String LOCK_USER = """
            select u.default_profile_id from roster_user u where u.tenant_id = $1 and u.id = $2 for no key update""";

    /// The state of a profile in the event log.
    private static final String STATE = """
            jsonb_build_object('id', p.id, 'name', p.name, 'is_child_profile', p.is_child_profile,
                'age_limit', p.age_limit)""";

    private static final Sql ADD = Sql.of("""
            with added as (
                insert into user_profile (tenant_id, id, user_id, name, is_child_profile, age_limit)
                select :tenant, :id, :user, :name, :is_child_profile, :age_limit
                 where (select count(*) from user_profile p where p.tenant_id = :tenant and p.user_id = :user) < %d
                returning *
            ), %s
            %s""".formatted(
                    Profile.MOST_PER_USER,
                    EventLog.touched("added"),
                    event("'profile.created'").after(STATE).from("added p join touched u on u.id = p.user_id")));

    /// A change without effect leaves the row and the event log unchanged.
    private static final Sql CHANGE = Sql.of("""
            with owner as (
                select u.id
                  from roster_user u
                 where u.tenant_id = :tenant
                   and u.id = (select p.user_id from user_profile p where p.tenant_id = :tenant and p.id = :id)
                   for no key update
            ), before as (
                select p.*
                  from user_profile p
                 where p.tenant_id = :tenant and p.id = :id and p.user_id = (select o.id from owner o)
                   for no key update
            ), wanted as (
                select b.id,
                       case when :sets_name then :name else b.name end as name,
                       coalesce(:is_child_profile, b.is_child_profile) as is_child_profile,
                       case when :sets_age_limit then :age_limit else b.age_limit end as age_limit
                  from before b
            ), changed as (
                update user_profile p
                   set name = w.name, is_child_profile = w.is_child_profile, age_limit = w.age_limit
                  from wanted w
                 where p.tenant_id = :tenant and p.id = w.id
                   and (p.name, p.is_child_profile, p.age_limit)
                       is distinct from (w.name, w.is_child_profile, w.age_limit)
                returning p.*
            ), %s, logged as (
                %s
            )
            select %s
              from (select c.* from changed c
                    union all
                    select b.* from before b where not exists (select from changed)) p
              join roster_user u on u.tenant_id = :tenant and u.id = p.user_id""".formatted(
                    EventLog.touched("changed"),
                    event("'profile.updated'")
                            .before("(select %s from before p)".formatted(STATE))
                            .after(STATE)
                            .from("changed p join touched u on u.id = p.user_id"),
                    COLUMNS));

    private static final Sql REMOVE = Sql.of("""
            with gone as (
                delete from user_profile p where p.tenant_id = :tenant and p.id = :id returning p.*
            ), %s
            %s""".formatted(
                    EventLog.touched("gone"),
                    event("'profile.deleted'").before(STATE).from("gone p join touched u on u.id = p.user_id")));

    private ProfilesTable() {}

    private static EventLog event(String kind) {
        return EventLog.besideUser(kind, "u");
    }

    static Optional<Profile> find(Statements statements, TenantId tenant, ProfileId id) {
        return statements.lookUp(FIND, tenant.value(), id.value()).map(ProfilesTable::profile);
    }

    static Optional<Profile> findDefault(Statements statements, TenantId tenant, UserId user) {
        return statements.lookUp(FIND_DEFAULT, tenant.value(), user.value()).map(ProfilesTable::profile);
    }

    /// All profiles of a user, oldest first; empty only if there is no such user, since each user has at least one.
    static List<Profile> ofUser(Statements statements, TenantId tenant, UserId user) {
        var profiles = new ArrayList<Profile>();
        statements.read(OF_USER, tenant.value(), user.value()).forEach(row -> profiles.add(profile(row)));
        return profiles;
    }

    /// Locks a user until the transaction ends, and returns the id of its default profile.
    static Optional<ProfileId> lockUser(Statements transaction, TenantId tenant, UserId user) {
        return transaction
                .first(LOCK_USER, tenant.value(), user.value())
                .map(row -> new ProfileId(row.getUUID("default_profile_id")));
    }

    /// Adds the profile; returns false if its user, which must be locked, has the maximum number already. Throws a
    /// unique violation of `profile_name_taken`.
    static boolean add(Statements statements, TenantId tenant, Profile profile, EventLine line) {
        var age = profile.ageLimit();
        var added = statements.query(ADD.bind()
                .set("tenant", tenant.value())
                .set("id", profile.id().value())
                .set("user", profile.user().value())
                .set("name", profile.name())
                .set("is_child_profile", profile.isChildProfile())
                .set("age_limit", age == null ? null : age.shortValue())
                .set(line));
        return added.rowCount() == 1;
    }

    /// Throws a unique violation of `profile_name_taken`.
    static Optional<Profile> change(
            Statements statements, TenantId tenant, ProfileId id, ProfileChange wanted, EventLine line) {
        return statements
                .first(CHANGE.bind()
                        .set("tenant", tenant.value())
                        .set("id", id.value())
                        .set("sets_name", wanted.name().present())
                        .set("name", wanted.name().map(ProfileName::value))
                        .set("is_child_profile", wanted.isChildProfile().value())
                        .set("sets_age_limit", wanted.ageLimit().present())
                        .set("age_limit", wanted.ageLimit().map(Long::shortValue))
                        .set(line))
                .map(ProfilesTable::profile);
    }

    /// Deletes the profile; returns false if it does not exist any more.
    static boolean remove(Statements statements, TenantId tenant, ProfileId id, EventLine line) {
        var removed = statements.query(REMOVE.bind()
                .set("tenant", tenant.value())
                .set("id", id.value())
                .set(line));
        return removed.rowCount() == 1;
    }

    private static Profile profile(Row row) {
        UUID id = row.getUUID("id");
        return new Profile(
                new ProfileId(id),
                new UserId(row.getUUID("user_id")),
                row.getString("name"),
                row.getBoolean("is_child_profile"),
                row.getInteger("age_limit"),
                row.getBoolean("is_default"));
    }
}
