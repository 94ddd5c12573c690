package tv.roster.agents;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.log.AgentLog;
import tv.roster.agents.values.AgentStatus;
import tv.roster.agents.values.Role;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// Reads and changes agents, each change with one statement that also writes the event.
final class AgentsTable {
    private static final String COLUMNS = """
            a.id, a.tenant_id, a.version, a.email, a.name, a.role, %s as status, a.totp_sealed is not null as second_factor,
            a.last_sign_in_time, a.updated_time""".formatted(AgentLog.STATUS);

    private static final String FIND = """
            select %s from agent a where a.id = $1 and ($2::uuid is null or a.tenant_id = $2)""".formatted(COLUMNS);

    private static final String FILTER = """
            ($1::uuid is null or a.tenant_id = $1) and ($2::text is null or a.email_key = $2)
            and ($3::uuid is null or a.tenant_id = $3)""";

    private static final String LIST = """
            select %s from agent a
             where %s and ($4::uuid is null or a.id > $4) order by a.id limit $5""".formatted(COLUMNS, FILTER);

    private static final String LIST_BACKWARDS = """
            select %s from agent a
             where %s and ($4::uuid is null or a.id < $4) order by a.id desc limit $5""".formatted(COLUMNS, FILTER);

    private static final String COUNT = "select count(*) as total from agent a where " + FILTER;

    private static final String HAS_TENANT = "select t.id from tenant t where t.id = $1";

    /// The id of no tenant, for an agent of the installation; see [tv.roster.apikeys].
    private static final UUID NO_TENANT = new UUID(0, 0);

    /// Whoever creates an agent locks this first, so that the first administrator is created only while there is none.
    private static final String LOCK = "select from installation for no key update";

    private static final Sql CREATE = Sql.of("""
            with changed as (
                insert into agent (id, tenant_id, email, email_key, name, role, disabled, updated_time)
                select :id, :tenant::uuid, :email, :email_key, :name, :role, coalesce(:disabled::boolean, false),
                       :now::bigint
                  from (select count(*) as tenants from tenant t where t.id = coalesce(:tenant::uuid, '%s')) as found
                 where :tenant::uuid is null or found.tenants = 1
                returning *
            ), logged as (
                %s
            )
            select %s from changed a""".formatted(
            NO_TENANT, AgentLog.event("'agent.created'").after(AgentLog.STATE).from("changed a"), COLUMNS));

    private static final String BEFORE = """
            before as (
                select a.*, (:versions::int[] is null or a.version = any(:versions)) as version_holds
                  from agent a
                 where a.id = :id and (:within::uuid is null or a.tenant_id = :within)
                   for no key update of a
            )""";

    /// Which of the members that are not in the audit have changed.
    private static final String CHANGED_MEMBERS = """
            jsonb_build_object('changed', to_jsonb(array_remove(array[
                case when (select b.email from before b) <> a.email then 'email' end,
                case when (select b.name from before b) <> a.name then 'name' end], null)))""";

    /// A new generation ends the sessions, and a link that was sent to another address ends as well.
    private static final Sql CHANGE = Sql.of("""
            with %s, wanted as (
                select b.id, coalesce(:email, b.email) as email, coalesce(:email_key, b.email_key) as email_key,
                       coalesce(:name, b.name) as name, coalesce(:role, b.role) as role,
                       coalesce(:disabled::boolean, b.disabled) as disabled,
                       case when :sets_tenant then :tenant::uuid else b.tenant_id end as tenant_id
                  from before b
                 where b.version_holds
            ), changed as (
                update agent a
                   set version = a.version + 1, email = w.email, email_key = w.email_key, name = w.name, role = w.role,
                       disabled = w.disabled, tenant_id = w.tenant_id,
                       generation = a.generation + case when (a.role, a.disabled, a.tenant_id)
                           is distinct from (w.role, w.disabled, w.tenant_id) then 1 else 0 end,
                       updated_time = greatest(a.updated_time, :now::bigint)
                  from wanted w
                 where a.id = w.id
                   and (a.email, a.name, a.role, a.disabled, a.tenant_id)
                       is distinct from (w.email, w.name, w.role, w.disabled, w.tenant_id)
                returning a.*
            ), ended as (
                delete from agent_session s using changed c, before b
                 where s.agent_id = c.id and b.id = c.id and b.generation <> c.generation
            ), stopped as (
                delete from agent_sign_in p using changed c, before b
                 where p.agent_id = c.id and b.id = c.id and b.generation <> c.generation
            ), unlinked as (
                delete from agent_setup_link l using changed c, before b
                 where l.agent_id = c.id and b.id = c.id and b.email_key <> c.email_key
            ), logged as (
                %s
            )
            select %s, (select b.version_holds from before b) as version_holds from changed a
            union all
            select %s, a.version_holds from before a where not exists (select from changed)""".formatted(
                    BEFORE,
                    AgentLog.event("'agent.updated'")
                            .before("(select %s from before a)".formatted(AgentLog.STATE))
                            .after("%s || %s".formatted(AgentLog.STATE, CHANGED_MEMBERS))
                            .from("changed a"),
                    COLUMNS,
                    COLUMNS));

    private static final Sql DELETE = Sql.of("""
            with %s, changed as (
                delete from agent a using before b where a.id = b.id and b.version_holds returning a.*
            ), logged as (
                %s
            )
            select b.version_holds from before b""".formatted(
            BEFORE, AgentLog.event("'agent.deleted'").before(AgentLog.STATE).from("changed a")));

    private AgentsTable() {}

    /// Which agents to list; null means no restriction.
    record Filter(
            @Nullable TenantId tenant,
            @Nullable String emailKey,
            @Nullable TenantId within) {
        @Override
        public String toString() {
            return "Filter";
        }
    }

    static Optional<Agent> find(Statements statements, AgentId id, @Nullable TenantId within) {
        return statements.find(FIND, id.value(), uuid(within)).map(AgentsTable::agent);
    }

    static boolean hasTenant(Statements statements, TenantId id) {
        return statements.find(HAS_TENANT, id.value()).isPresent();
    }

    static List<Agent> list(Statements statements, Filter filter, @Nullable UUID from, boolean backwards, int limit) {
        var agents = new ArrayList<Agent>();
        statements
                .read(
                        backwards ? LIST_BACKWARDS : LIST,
                        uuid(filter.tenant()),
                        filter.emailKey(),
                        uuid(filter.within()),
                        from,
                        limit)
                .forEach(row -> agents.add(agent(row)));
        if (backwards) {
            Collections.reverse(agents);
        }
        return agents;
    }

    static long count(Statements statements, Filter filter) {
        return statements
                .find(COUNT, uuid(filter.tenant()), filter.emailKey(), uuid(filter.within()))
                .orElseThrow()
                .getLong("total");
    }

    /// Empty if there is no such tenant. Throws a unique violation of `agent_email_taken`.
    static Optional<Agent> create(
            Statements transaction, AgentId id, @Nullable TenantId tenant, AgentChange wanted, EventLine line) {
        transaction.query(LOCK);
        return transaction
                .first(values(CREATE, id, wanted, line).set("tenant", uuid(tenant)))
                .map(AgentsTable::agent);
    }

    /// The outcome of a change: the agent as it is now, and what may have prevented the change.
    record Outcome(Agent agent, boolean versionHolds) {}

    /// Throws a unique violation of `agent_email_taken`.
    static Optional<Outcome> change(
            Statements statements,
            AgentId id,
            AgentChange wanted,
            ExpectedVersion version,
            @Nullable TenantId within,
            EventLine line) {
        return statements
                .first(values(CHANGE, id, wanted, line)
                        .set("sets_tenant", wanted.tenant().present())
                        .set("tenant", uuid(wanted.tenant().value()))
                        .set("versions", version.oneOf())
                        .set("within", uuid(within)))
                .map(row -> new Outcome(agent(row), row.getBoolean("version_holds")));
    }

    /// The parameters that the statements that create and change an agent have in common.
    private static Sql.Binding values(Sql sql, AgentId id, AgentChange wanted, EventLine line) {
        return sql.bind()
                .set("id", id.value())
                .set("email", wanted.email().map(EmailAddress::value))
                .set("email_key", wanted.email().map(EmailAddress::key))
                .set("name", wanted.name().value())
                .set("role", wanted.role().map(Role::name))
                .set("disabled", wanted.disabled().value())
                .set("now", line.epochSecond())
                .set(line);
    }

    /// Returns whether the version was right; empty if there is no such agent.
    static Optional<Boolean> delete(
            Statements statements, AgentId id, ExpectedVersion version, @Nullable TenantId within, EventLine line) {
        return statements
                .first(DELETE.bind()
                        .set("id", id.value())
                        .set("versions", version.oneOf())
                        .set("within", uuid(within))
                        .set(line))
                .map(row -> row.getBoolean("version_holds"));
    }

    private static @Nullable UUID uuid(@Nullable TenantId tenant) {
        return tenant == null ? null : tenant.value();
    }

    private static Agent agent(Row row) {
        var tenant = row.getUUID("tenant_id");
        return new Agent(
                new AgentId(row.getUUID("id")),
                tenant == null ? null : new TenantId(tenant),
                row.getInteger("version"),
                row.getString("email"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                AgentStatus.valueOf(row.getString("status")),
                row.getBoolean("second_factor"),
                row.getLong("last_sign_in_time"),
                row.getLong("updated_time"));
    }
}
