package tv.roster.users;

import java.util.UUID;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.TenantId;

/// Deletes users with one statement, which also writes the entries in the event log. Their profiles are deleted
/// with them.
final class UserDeletionTable {
    private static final String DELETE = """
            with gone as (
                delete from roster_user u
                 where u.tenant_id = :tenant and %1$s
                   and (:versions::int[] is null or u.version = any(:versions))
                returning u.*
            ), logged as (
                %2$s
            )
            select true as deleted from gone u
            union all
            select false from roster_user u where u.tenant_id = :tenant and %1$s and not exists (select from gone)""";

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
        return Sql.of(DELETE.formatted(key, deleted().from("gone u")));
    }

    private static EventLog deleted() {
        return EventLog.ofUser("'user.deleted'", "u").atNextPlace("u").before(EventLog.userState("u"));
    }

    /// The outcome of a deletion.
    enum Deletion {
        DELETED,
        OTHER_VERSION,
        NOT_FOUND
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

    static Deletion delete(
            Statements statements, TenantId tenant, UserKey key, ExpectedVersion version, EventLine line) {
        return statements
                .first((key.isExternal() ? DELETE_BY_EXTERNAL_ID : DELETE_BY_ID)
                        .bind()
                        .set("tenant", tenant.value())
                        .set("key", key.parameter())
                        .set("versions", version.oneOf())
                        .set(line))
                .map(row -> row.getBoolean("deleted") ? Deletion.DELETED : Deletion.OTHER_VERSION)
                .orElse(Deletion.NOT_FOUND);
    }
}
