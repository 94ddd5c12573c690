package tv.roster.users;

import java.util.UUID;
import tv.roster.events.log.EventLine;
import tv.roster.platform.database.Statements;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.TenantId;

/// Deletes users: one statement, which writes its line in the event log as well. Their profiles go with them.
final class UserDeletionTable {
    private static final String DELETE = """
            with gone as (
                delete from roster_user u
                 where u.tenant_id = $1 and %s and ($3::int[] is null or u.version = any($3))
                returning u.*
            ), logged as (
                insert into user_event (tenant_id, id, time, kind, user_id, api_key_id, address, request_id, before)
                select u.tenant_id, $4, $5, 'user.deleted', u.id, $6, $7, $8, %s from gone u
            )
            select u.version, (select true from gone) as deleted
              from roster_user u
             where u.tenant_id = $1 and %s""";

    private static final String DELETE_BY_ID = delete("u.id = $2::uuid");

    private static final String DELETE_BY_EXTERNAL_ID = delete("u.external_id = $2::text");

    /// The ids of the events come from outside, one for each user.
    private static final String DELETE_SOME = """
            with leaving as (
                select u.id, row_number() over (order by u.id) as place
                  from (select u.id from roster_user u where u.tenant_id = $1 order by u.id limit $2) u
            ), gone as (
                delete from roster_user u using leaving l where u.tenant_id = $1 and u.id = l.id returning u.*, l.place
            )
            insert into user_event (tenant_id, id, time, kind, user_id, api_key_id, address, request_id, before)
            select u.tenant_id, e.id, $4, 'user.deleted', u.id, $5, $6, $7, %s
              from gone u
              join unnest($3::uuid[]) with ordinality as e (id, place) on e.place = u.place
            """.formatted(UserChangesTable.STATE);

    private UserDeletionTable() {}

    private static String delete(String key) {
        return DELETE.formatted(key, UserChangesTable.STATE, key);
    }

    /// What became of a deletion.
    enum Deletion {
        DELETED,
        OTHER_VERSION,
        NOT_FOUND
    }

    /// Deletes as many users of the tenant as there are ids for their events; returns how many there were.
    static int deleteSome(Statements statements, TenantId tenant, UUID[] events, EventLine line) {
        return statements
                .query(
                        DELETE_SOME,
                        tenant.value(),
                        events.length,
                        events,
                        line.time(),
                        line.apiKey(),
                        line.address(),
                        line.requestId())
                .rowCount();
    }

    static Deletion delete(
            Statements statements, TenantId tenant, UserKey key, ExpectedVersion version, EventLine line) {
        return statements
                .first(
                        key.isExternal() ? DELETE_BY_EXTERNAL_ID : DELETE_BY_ID,
                        tenant.value(),
                        key.parameter(),
                        version.oneOf(),
                        line.id().value(),
                        line.time(),
                        line.apiKey(),
                        line.address(),
                        line.requestId())
                .map(row -> Boolean.TRUE.equals(row.getBoolean("deleted")) ? Deletion.DELETED : Deletion.OTHER_VERSION)
                .orElse(Deletion.NOT_FOUND);
    }
}
