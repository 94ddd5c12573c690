package tv.roster.tenants;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.TenantSettings;
import tv.roster.calls.Admin;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLog;
import tv.roster.platform.json.Json;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.TenantId;

/// Reads and changes tenants, each change with one statement that also writes its event.
final class TenantsTable {
    private static final String COLUMNS = """
            t.id, t.version, t.slug, t.name, t.user_flags, t.ip_allow_list, t.settings::text as settings,
            t.updated_time""";

    private static final String STATE = """
            jsonb_build_object('version', t.version, 'slug', t.slug, 'name', t.name, 'user_flags', t.user_flags,
                'ip_allow_list', t.ip_allow_list, 'settings', t.settings)""";

    private static final String FIND = "select %s from tenant t where t.id = $1".formatted(COLUMNS);

    private static final String LIST = """
            select %s from tenant t
             where ($1::text is null or t.slug = $1) and ($2::uuid is null or t.id > $2)
             order by t.id limit $3""".formatted(COLUMNS);

    private static final String LIST_BACKWARDS = """
            select %s from tenant t
             where ($1::text is null or t.slug = $1) and ($2::uuid is null or t.id < $2)
             order by t.id desc limit $3""".formatted(COLUMNS);

    private static final String COUNT = "select count(*) as total from tenant t where $1::text is null or t.slug = $1";

    private static final Sql CREATE = Sql.of(
            """
            with changed as (
                insert into tenant (id, slug, name, user_flags, ip_allow_list, settings, updated_time)
                values (:id, :slug, :name, :user_flags, :ip_allow_list, jsonb_strip_nulls(:settings::jsonb), :now)
                returning *
            ), %s, logged as (
                %s
            )
            select %s from changed t""".formatted(Admin.BUMPED, event("'tenant.created'").after(STATE).from("changed t"), COLUMNS));

    /// A null parameter leaves its member unchanged. A change without effect leaves the version and the event log
    /// unchanged.
    private static final Sql CHANGE = Sql.of("""
            with before as (
                select t.*, (:versions::int[] is null or t.version = any(:versions)) as version_holds
                  from tenant t where t.id = :id for no key update
            ), wanted as (
                select b.id, coalesce(:slug, b.slug) as slug, coalesce(:name, b.name) as name,
                       coalesce(:user_flags::text[], b.user_flags) as user_flags,
                       coalesce(:ip_allow_list::text[], b.ip_allow_list) as ip_allow_list,
                       jsonb_strip_nulls(b.settings || :settings::jsonb) as settings
                  from before b where b.version_holds
            ), changed as (
                update tenant t
                   set version = t.version + 1, slug = w.slug, name = w.name, user_flags = w.user_flags,
                       ip_allow_list = w.ip_allow_list, settings = w.settings,
                       updated_time = greatest(t.updated_time, :now)
                  from wanted w
                 where t.id = w.id
                   and (t.slug, t.name, t.user_flags, t.ip_allow_list, t.settings)
                       is distinct from (w.slug, w.name, w.user_flags, w.ip_allow_list, w.settings)
                returning t.*
            ), %s, logged as (
                %s
            )
            select %s, (select b.version_holds from before b) as version_holds from changed t
            union all
            select %s, t.version_holds from before t where not exists (select from changed)
            """.formatted(
                    Admin.BUMPED,
                    event("'tenant.updated'")
                            .before("(select %s from before t)".formatted(STATE))
                            .after(STATE)
                            .from("changed t"),
                    COLUMNS,
                    COLUMNS));

    private static final String FLAGS_IN_USE = """
            select f.flag from unnest($2::text[]) as f (flag)
             where exists (select from roster_user u
                            where u.tenant_id = $1 and u.user_flags <> '{}' and u.user_flags @> array[f.flag])""";

    private static final String REVOKE_ALL_KEYS = """
            with changed as (delete from api_key k where k.tenant_id = $1 returning k.id), %s
            select count(*) as keys from changed""".formatted(Admin.BUMPED);

    private static final String LOCK = "select from tenant t where t.id = $1 for update";

    private static final Sql DELETE = Sql.of(
            """
            with changed as (
                delete from tenant t
                 where t.id = :id and (:versions::int[] is null or t.version = any(:versions))
                   and not exists (select from roster_user u where u.tenant_id = :id)
                returning t.*
            ), %s, logged as (
                %s
            )
            select true as deleted, false as has_users from changed
            union all
            select false, exists (select from roster_user u where u.tenant_id = :id)
              from tenant t where t.id = :id and not exists (select from changed)""".formatted(Admin.BUMPED, event("'tenant.deleted'").before(STATE).from("changed t")));

    private static final String DELETE_KEPT_ANSWERS = """
            delete from idempotency_key where tenant_id = $1 and key = any(array(
                select k.key from idempotency_key k where k.tenant_id = $1 limit $2))""";

    private static final String DELETE_WRONG_PASSWORDS = """
            delete from wrong_password where tenant_id = $1 and subject = any(array(
                select w.subject from wrong_password w where w.tenant_id = $1 limit $2))""";

    private static final String DELETE_DELETED_USERS = """
            delete from deleted_user where tenant_id = $1 and id = any(array(
                select d.id from deleted_user d where d.tenant_id = $1 limit $2))""";

    private static final int BATCH = 1000;

    private TenantsTable() {}

    private static EventLog event(String kind) {
        return EventLog.ofAdmin(kind).tenant("t.id");
    }

    static Optional<Tenant> find(Statements statements, TenantId id) {
        return statements.find(FIND, id.value()).map(TenantsTable::tenant);
    }

    static List<Tenant> list(
            Statements statements, @Nullable String slug, @Nullable UUID from, boolean backwards, int limit) {
        var tenants = new ArrayList<Tenant>();
        statements.read(backwards ? LIST_BACKWARDS : LIST, slug, from, limit).forEach(row -> tenants.add(tenant(row)));
        if (backwards) {
            Collections.reverse(tenants);
        }
        return tenants;
    }

    static long count(Statements statements, @Nullable String slug) {
        return statements.find(COUNT, slug).orElseThrow().getLong("total");
    }

    /// Throws a unique violation of `tenant_slug_taken`.
    static Tenant create(Statements statements, UUID id, TenantChange wanted, EventLine line) {
        return statements
                .first(values(CREATE, id, wanted, new String[0], line))
                .map(TenantsTable::tenant)
                .orElseThrow();
    }

    record Outcome(Tenant tenant, boolean versionHolds) {}

    /// Throws a unique violation of `tenant_slug_taken`.
    static Optional<Outcome> change(
            Statements statements, TenantId id, TenantChange wanted, ExpectedVersion version, EventLine line) {
        return statements
                .first(values(CHANGE, id.value(), wanted, null, line).set("versions", version.oneOf()))
                .map(row -> new Outcome(tenant(row), row.getBoolean("version_holds")));
    }

    /// The parameters that both statements have in common; `otherwise` is used for lists that were not sent.
    private static Sql.Binding values(
            Sql sql, UUID id, TenantChange wanted, String @Nullable [] otherwise, EventLine line) {
        return sql.bind()
                .set("id", id)
                .set("slug", wanted.slug().map(Slug::value))
                .set("name", wanted.name().value())
                .set("user_flags", array(wanted.userFlags().value(), otherwise))
                .set("ip_allow_list", array(wanted.allowList().value(), otherwise))
                .set("settings", new JsonObject(wanted.settings()))
                .set("now", line.epochSecond())
                .set(line);
    }

    /// Those of the flags that some user of the tenant has.
    static List<String> flagsInUse(Statements statements, TenantId id, List<String> flags) {
        var used = new ArrayList<String>();
        statements
                .read(FLAGS_IN_USE, id.value(), flags.toArray(String[]::new))
                .forEach(row -> used.add(row.getString("flag")));
        return used;
    }

    static void deleteKeys(Statements statements, TenantId id) {
        statements.query(REVOKE_ALL_KEYS, id.value());
    }

    /// Deletes the rows that remain of a deleted tenant, a thousand at a time.
    static void deleteLeftovers(Statements statements, TenantId id) {
        for (var sql : List.of(DELETE_KEPT_ANSWERS, DELETE_WRONG_PASSWORDS, DELETE_DELETED_USERS)) {
            int deleted = BATCH;
            while (deleted == BATCH) {
                deleted = statements.query(sql, id.value(), BATCH).rowCount();
            }
        }
    }

    enum Deletion {
        DELETED,
        HAS_USERS,
        OTHER_VERSION
    }

    /// The lock waits for users that are being created, so that each user is deleted with an event.
    static Optional<Deletion> delete(Statements transaction, TenantId id, ExpectedVersion version, EventLine line) {
        transaction.query(LOCK, id.value());
        return transaction
                .first(DELETE.bind()
                        .set("id", id.value())
                        .set("versions", version.oneOf())
                        .set(line))
                .map(row -> row.getBoolean("deleted")
                        ? Deletion.DELETED
                        : row.getBoolean("has_users") ? Deletion.HAS_USERS : Deletion.OTHER_VERSION);
    }

    private static String @Nullable [] array(@Nullable List<String> words, String @Nullable [] otherwise) {
        return words == null ? otherwise : words.toArray(String[]::new);
    }

    private static Tenant tenant(Row row) {
        return new Tenant(
                new TenantId(row.getUUID("id")),
                row.getInteger("version"),
                row.getString("slug"),
                row.getString("name"),
                List.of(row.getArrayOfStrings("user_flags")),
                List.of(row.getArrayOfStrings("ip_allow_list")),
                TenantSettings.of(Json.read(row.getString("settings").getBytes(StandardCharsets.UTF_8))),
                row.getLong("updated_time"));
    }
}
