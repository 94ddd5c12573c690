package tv.roster.deletion;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.users.UniqueWrites;
import tv.roster.users.User;
import tv.roster.users.UserInclude;
import tv.roster.users.UsersTable;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads users that were deleted, restores them, and purges those whose time is over.
final class DeletedUsersTable {
    private static final String COLUMNS = "d.id, d.deletion_id, d.external_id, d.deleted_time, d.purge_time";

    private static final String FIND =
            "select %s from deleted_user d where d.tenant_id = $1 and d.id = $2".formatted(COLUMNS);

    private static final String WANTED = """
            d.tenant_id = $1 and ($2::text[] is null or d.external_id = any($2))
               and ($3::bigint is null or d.deleted_time >= $3)""";

    private static final String LIST = """
            select %s from deleted_user d
             where %s and ($4::uuid is null or d.deletion_id < $4)
             order by d.deletion_id desc limit $5""".formatted(COLUMNS, WANTED);

    private static final String LIST_BACKWARDS = """
            select %s from deleted_user d
             where %s and ($4::uuid is null or d.deletion_id > $4)
             order by d.deletion_id limit $5""".formatted(COLUMNS, WANTED);

    private static final String COUNT = "select count(*) as total from deleted_user d where " + WANTED;

    private static final String UNIQUE_VALUES = """
            select d.copy -> 'user' ->> 'email_key' as email_key, d.external_id
              from deleted_user d where d.tenant_id = $1 and d.id = $2""";

    /// What the copy says, except for what a restoration changes. Flags that the tenant's catalogue has no more are
    /// left out.
    private static final Sql RESTORE = Sql.of("""
            with gone as (
                delete from deleted_user d
                 where d.tenant_id = :tenant and d.id = :user and d.copy is not null and d.purge_time > :now
                returning d.*
            ), restored as (
                insert into roster_user
                select r.*
                  from gone d cross join lateral jsonb_populate_record(null::roster_user,
                           d.copy -> 'user' || jsonb_build_object(
                               'version', d.version + 1,
                               'user_flags', array(
                                   select f.flag from jsonb_array_elements_text(d.copy -> 'user' -> 'user_flags')
                                          with ordinality as f (flag, place)
                                    where f.flag = any(:flags::text[]) order by f.place),
                               'updated_time', greatest(:now, (d.copy -> 'user' ->> 'updated_time')::bigint),
                               'link_generation', (d.copy -> 'user' ->> 'link_generation')::int + 1,
                               'feed_order', %s)) r
                returning *
            ), profiles as (
                insert into user_profile
                select p.* from gone d cross join lateral jsonb_populate_recordset(null::user_profile, d.copy -> 'profiles') p
            ), logged as (
                %s
            )
            select %s from restored u""".formatted(
                    EventLog.nextPlace("d"),
                    EventLog.ofUser("'user.restored'", "u")
                            .after(EventLog.userState("u"))
                            .from("restored u"),
                    UsersTable.COLUMNS));

    /// How long the rest is kept: as long as the events of the user, which began before that.
    private static final String PURGE = """
            update deleted_user d
               set copy = null, external_id = null,
                   forget_time = d.deleted_time + %s
             where (d.tenant_id, d.id) in
                   (select p.tenant_id, p.id from deleted_user p
                     where p.copy is not null and p.purge_time <= $1 limit $2)
               and d.copy is not null and d.purge_time <= $1""".formatted(EventLog.keptSeconds("d.tenant_id"));

    private static final String FORGET = """
            delete from deleted_user
             where (tenant_id, id) in
                   (select f.tenant_id, f.id from deleted_user f where f.forget_time <= $1 limit $2)""";

    private DeletedUsersTable() {}

    static Optional<DeletedUser> find(Statements statements, TenantId tenant, UserId id) {
        return statements.find(FIND, tenant.value(), id.value()).map(DeletedUsersTable::deleted);
    }

    /// Up to `limit` of those that were deleted before `from`, the latest first.
    static List<DeletedUser> list(
            Statements statements,
            TenantId tenant,
            DeletedUserFilter filter,
            @Nullable UUID from,
            boolean backwards,
            int limit) {
        var found = new ArrayList<DeletedUser>();
        statements
                .read(
                        backwards ? LIST_BACKWARDS : LIST,
                        tenant.value(),
                        filter.externalIds(),
                        filter.deletedSince(),
                        from,
                        limit)
                .forEach(row -> found.add(deleted(row)));
        if (backwards) {
            Collections.reverse(found);
        }
        return found;
    }

    static long count(Statements statements, TenantId tenant, DeletedUserFilter filter) {
        return statements
                .find(COUNT, tenant.value(), filter.externalIds(), filter.deletedSince())
                .orElseThrow()
                .getLong("total");
    }

    /// The values that nobody else may have when the user is restored.
    static UniqueWrites.Values uniqueValues(Statements statements, TenantId tenant, UserId id) {
        return statements
                .find(UNIQUE_VALUES, tenant.value(), id.value())
                .map(row -> new UniqueWrites.Values(row.getString("email_key"), row.getString("external_id")))
                .orElse(new UniqueWrites.Values(null, null));
    }

    /// Restores a user; empty if there is none that can be. Throws a unique violation of `user_email_taken` or
    /// `user_external_id_taken`.
    static Optional<User> restore(Statements statements, TenantId tenant, UserId id, String[] flags, EventLine line) {
        return statements
                .first(RESTORE.bind()
                        .set("tenant", tenant.value())
                        .set("user", id.value())
                        .set("flags", flags)
                        .set("now", line.epochSecond())
                        .set(line))
                .map(row -> UsersTable.user(row, UserInclude.NOTHING));
    }

    /// Removes the copies of up to `limit` users whose grace period is over.
    static int purge(Statements statements, long now, int limit) {
        return statements.query(PURGE, now, limit).rowCount();
    }

    /// Removes the rest of up to `limit` users whose events are no longer kept.
    static int forget(Statements statements, long now, int limit) {
        return statements.query(FORGET, now, limit).rowCount();
    }

    private static DeletedUser deleted(Row row) {
        return new DeletedUser(
                new UserId(row.getUUID("id")),
                row.getUUID("deletion_id"),
                row.getString("external_id"),
                row.getLong("deleted_time"),
                row.getLong("purge_time"));
    }
}
