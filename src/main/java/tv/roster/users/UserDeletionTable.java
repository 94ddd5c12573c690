package tv.roster.users;

import java.util.UUID;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.TenantId;

/// Deletes users with one statement, which also writes the entries in the event log. Their profiles are deleted
/// with them; of single users a copy is kept for a while, from which they can be restored.
final class UserDeletionTable {
    /// Locks the user, so that nothing else changes it until the transaction ends.
    private static final String LOCK = "select from roster_user u where u.tenant_id = $1 and %s for update";

    private static final String LOCK_BY_ID = LOCK.formatted("u.id = $2::uuid");

    private static final String LOCK_BY_EXTERNAL_ID = LOCK.formatted("u.external_id = $2::text");

    /// The profiles are read before the user is locked. Every change of a profile changes the row of its user as well:
    /// where the row is in another place by then (`ctid`), nothing is deleted.
    private static final String DELETE = """
            with seen as materialized (
                select u.id, u.ctid as place,
                       (:versions::int[] is null or u.version = any(:versions)) as version_holds,
                       (select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')
                          from user_profile p where p.tenant_id = :tenant and p.user_id = u.id) as profiles
                  from roster_user u where u.tenant_id = :tenant and %s
            ), gone as (
                delete from roster_user u
                 where u.tenant_id = :tenant
                   and u.id = (select s.id from seen s where s.version_holds)
                   and u.ctid = (select s.place from seen s)
                returning u.*
            ), tenants as (
                select coalesce((t.settings ->> 'deletion_grace_days')::int, 30) * 86400 as grace
                  from tenant t where t.id = :tenant
            ), copied as (
                insert into deleted_user (tenant_id, id, deletion_id, deleted_time, purge_time, version, feed_order,
                    external_id, copy, forget_time)
                select :tenant, u.id, :event_id, :now::bigint, :now::bigint + t.grace, u.version, %s,
                       case when t.grace > 0 then u.external_id end,
                       case when t.grace > 0 then
                           jsonb_build_object('user', to_jsonb(u), 'profiles', (select s.profiles from seen s)) end,
                       case when t.grace = 0 then :now::bigint + %s end
                  from gone u cross join tenants t
            ), logged as (
                %s
            )
            select exists (select from gone) as deleted, s.version_holds from seen s""";

    private static final Sql DELETE_BY_ID = delete("u.id = :key::uuid");

    private static final Sql DELETE_BY_EXTERNAL_ID = delete("u.external_id = :key::text");

    /// The caller provides the ids of the events, one for each user.
    private static final Sql DELETE_SOME = Sql.of("""
            with gone as (
                delete from roster_user u
                 where u.tenant_id = :tenant and u.id = any(array(
                       select l.id from roster_user l where l.tenant_id = :tenant order by l.id limit :most))
                returning u.*
            ), numbered as (
                select u.*, row_number() over (order by u.id) as place from gone u
            )
            %s""".formatted(deleted()
            .id("e.id")
            .from("numbered u join unnest(:event_ids::uuid[]) with ordinality as e (id, place) on e.place = u.place")));

    private UserDeletionTable() {}

    private static Sql delete(String key) {
        return Sql.of(DELETE.formatted(
                key,
                EventLog.nextPlace("u"),
                EventLog.keptSeconds(":tenant"),
                deleted().from("gone u")));
    }

    private static EventLog deleted() {
        return EventLog.ofUser("'user.deleted'", "u").atNextPlace("u").before(EventLog.userState("u"));
    }

    /// The outcome of a deletion.
    enum Deletion {
        DELETED,
        OTHER_VERSION,
        NOT_FOUND,
        /// The user was changed at the same time, and is still there.
        CHANGED_MEANWHILE
    }

    /// Deletes as many users of the tenant as there are ids for their events; returns the number of deleted users.
    static int deleteSome(Statements statements, TenantId tenant, UUID[] events, EventLine line) {
        return statements
                .query(DELETE_SOME
                        .bind()
                        .set("tenant", tenant.value())
                        .set("most", events.length)
                        .set(line.withIds(events)))
                .rowCount();
    }

    /// Waits for changes of the user that are under way, and keeps further ones waiting until the transaction ends.
    static void lock(Statements transaction, TenantId tenant, UserKey key) {
        transaction.query(key.isExternal() ? LOCK_BY_EXTERNAL_ID : LOCK_BY_ID, tenant.value(), key.parameter());
    }

    /// Deletes a user, and keeps a copy for the grace period of the tenant.
    static Deletion delete(
            Statements statements, TenantId tenant, UserKey key, ExpectedVersion version, EventLine line) {
        return statements
                .first((key.isExternal() ? DELETE_BY_EXTERNAL_ID : DELETE_BY_ID)
                        .bind()
                        .set("tenant", tenant.value())
                        .set("key", key.parameter())
                        .set("versions", version.oneOf())
                        .set("now", line.epochSecond())
                        .set(line))
                .map(row -> row.getBoolean("deleted")
                        ? Deletion.DELETED
                        : row.getBoolean("version_holds") ? Deletion.CHANGED_MEANWHILE : Deletion.OTHER_VERSION)
                .orElse(Deletion.NOT_FOUND);
    }
}
