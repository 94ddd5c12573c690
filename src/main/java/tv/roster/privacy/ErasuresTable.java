package tv.roster.privacy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Removes what is stored with a user itself, and keeps the receipts. Every statement is part of the transaction of
/// an erasure.
final class ErasuresTable {
    private static final String LOCK = "select from roster_user u where u.tenant_id = $1 and u.id = $2 for update";

    private static final String LOCK_DELETED =
            "select from deleted_user d where d.tenant_id = $1 and d.id = $2 for update";

    /// The last version of the user, and the place of its last event in the feed.
    private static final String LAST = """
            select coalesce(max(l.version), 1)::int as version, coalesce(max(l.feed_order), 0) as feed_order
              from (select u.version, u.feed_order from roster_user u where u.tenant_id = $1 and u.id = $2
                    union all
                    select d.version, d.feed_order from deleted_user d where d.tenant_id = $1 and d.id = $2
                    union all
                    select e.version, e.feed_order from user_event e where e.tenant_id = $1 and e.user_id = $2) l""";

    private static final String DELETE_MAILS = "delete from mail where tenant_id = $1 and user_id = $2";

    private static final String DELETE_LINKS = "delete from account_link where tenant_id = $1 and user_id = $2";

    private static final String DELETE_PROFILES = "delete from user_profile where tenant_id = $1 and user_id = $2";

    private static final String DELETE_USER = "delete from roster_user where tenant_id = $1 and id = $2";

    private static final String EMPTY_COPY = """
            update deleted_user
               set copy = null, external_id = null, purge_time = least(purge_time, $3::bigint),
                   forget_time = deleted_time + %s
             where tenant_id = $1 and id = $2 and copy is not null""".formatted(EventLog.keptSeconds("$1"));

    /// An erased user is in the list of deleted users, like one that is purged.
    private static final Sql ADD_DELETED = Sql.of("""
            insert into deleted_user (tenant_id, id, deletion_id, deleted_time, purge_time, version, feed_order,
                forget_time)
            select :tenant, :user, :event_id, :now::bigint, :now::bigint, :version::int, :feed_order::bigint,
                   :now::bigint + %s
            """.formatted(EventLog.keptSeconds(":tenant")));

    private static final String EMPTY_EVENTS = "select erase_events_of_user($1, $2) as erased";

    private static final Sql LOG = Sql.of(EventLog.ofUser("'user.erased'", "u")
            .atNextPlace("u")
            .from("(values (:user::uuid, :version::int, :feed_order::bigint)) u (id, version, feed_order)"));

    private static final String ADD = """
            insert into erasure (tenant_id, id, user_id, requested_time, finished_time, api_key_id, agent_id, removed)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""";

    private static final String COLUMNS =
            "e.id, e.user_id, e.requested_time, e.finished_time, e.api_key_id, e.agent_id, e.removed";

    private static final String FIND =
            "select %s from erasure e where e.tenant_id = $1 and e.id = $2".formatted(COLUMNS);

    private static final String ERASED_BEFORE =
            "select exists (select from erasure e where e.tenant_id = $1 and e.user_id = $2) as erased";

    /// Of a user that is neither there nor deleted, nothing can be locked.
    private static final int LOCK_ROUNDS = 3;

    private ErasuresTable() {}

    /// A user at its last change.
    record Last(int version, long feedOrder) {}

    /// Waits for changes of the user that are under way, and keeps further ones waiting until the transaction ends.
    static Last lock(Statements transaction, TenantId tenant, UserId user) {
        // Who is restored between the two statements is found by the next round.
        boolean locked = false;
        for (int round = 0; round < LOCK_ROUNDS && !locked; round++) {
            locked = isLocked(transaction, tenant, user);
        }
        var row = transaction.first(LAST, tenant.value(), user.value()).orElseThrow();
        return new Last(row.getInteger("version"), row.getLong("feed_order"));
    }

    private static boolean isLocked(Statements transaction, TenantId tenant, UserId user) {
        return transaction.query(LOCK, tenant.value(), user.value()).size() > 0
                || transaction.query(LOCK_DELETED, tenant.value(), user.value()).size() > 0;
    }

    static boolean isErased(Statements transaction, TenantId tenant, UserId user) {
        return transaction
                .first(ERASED_BEFORE, tenant.value(), user.value())
                .orElseThrow()
                .getBoolean("erased");
    }

    static int deleteMails(Statements transaction, TenantId tenant, UserId user) {
        return delete(transaction, DELETE_MAILS, tenant, user);
    }

    static int deleteLinks(Statements transaction, TenantId tenant, UserId user) {
        return delete(transaction, DELETE_LINKS, tenant, user);
    }

    static int deleteProfiles(Statements transaction, TenantId tenant, UserId user) {
        return delete(transaction, DELETE_PROFILES, tenant, user);
    }

    /// Deletes the user's row; what it had beside it has been deleted before.
    static int deleteUser(Statements transaction, TenantId tenant, UserId user) {
        return delete(transaction, DELETE_USER, tenant, user);
    }

    private static int delete(Statements transaction, String sql, TenantId tenant, UserId user) {
        return transaction.query(sql, tenant.value(), user.value()).rowCount();
    }

    /// Removes the copy of a deleted user.
    static int emptyCopy(Statements transaction, TenantId tenant, UserId user, long now) {
        return transaction.query(EMPTY_COPY, tenant.value(), user.value(), now).rowCount();
    }

    /// Adds a user that existed until now to the deleted ones.
    static void addDeleted(Statements transaction, TenantId tenant, UserId user, Last last, EventLine line) {
        transaction.query(ADD_DELETED
                .bind()
                .set("tenant", tenant.value())
                .set("user", user.value())
                .set("event_id", line.id().value())
                .set("now", line.epochSecond())
                .set("version", last.version())
                .set("feed_order", last.feedOrder()));
    }

    /// Removes everything personal from the user's events.
    static int emptyEvents(Statements transaction, TenantId tenant, UserId user) {
        return transaction
                .first(EMPTY_EVENTS, tenant.value(), user.value())
                .orElseThrow()
                .getInteger("erased");
    }

    static void log(Statements transaction, TenantId tenant, UserId user, Last last, EventLine line) {
        transaction.query(LOG.bind()
                .set("tenant", tenant.value())
                .set("user", user.value())
                .set("version", last.version())
                .set("feed_order", last.feedOrder())
                .set(line));
    }

    static void add(Statements transaction, TenantId tenant, Erasure erasure) {
        var removed = new JsonArray();
        erasure.removed()
                .forEach((place, count) ->
                        removed.add(new JsonObject().put("place", place.word()).put("count", count)));
        transaction.query(
                ADD,
                tenant.value(),
                erasure.id(),
                erasure.user().value(),
                erasure.requestedTime(),
                erasure.finishedTime(),
                erasure.author() == null ? null : erasure.author().value(),
                erasure.agent() == null ? null : erasure.agent().value(),
                removed);
    }

    static Optional<Erasure> find(Statements statements, TenantId tenant, UUID id) {
        return statements.find(FIND, tenant.value(), id).map(ErasuresTable::erasure);
    }

    private static Erasure erasure(Row row) {
        var author = row.getUUID("api_key_id");
        var agent = row.getUUID("agent_id");
        return new Erasure(
                row.getUUID("id"),
                new UserId(row.getUUID("user_id")),
                row.getLong("requested_time"),
                row.getLong("finished_time"),
                author == null ? null : new ApiKeyId(author),
                agent == null ? null : new AgentId(agent),
                removed((JsonArray) row.getJson("removed")));
    }

    private static Map<Place, Integer> removed(JsonArray stored) {
        var removed = new EnumMap<Place, Integer>(Place.class);
        for (int index = 0; index < stored.size(); index++) {
            var entry = stored.getJsonObject(index);
            Place.named(entry.getString("place")).ifPresent(place -> removed.put(place, entry.getInteger("count")));
        }
        return removed;
    }
}
