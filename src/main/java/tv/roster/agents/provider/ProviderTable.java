package tv.roster.agents.provider;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.log.AgentLog;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// Finds, creates and changes agents as the provider has them.
final class ProviderTable {
    /// Whoever creates an agent locks this first.
    private static final String LOCK = "select from installation for no key update";

    /// A tenant that is being deleted waits, and takes the agent with it.
    private static final String TENANT = "select t.id from tenant t where t.slug = $1 for key share";

    private static final String FIND = """
            select a.id, a.oidc_subject is not null as linked, a.oidc_subject <> $1 as another
              from agent a
             where a.oidc_subject = $1 or a.email_key = $2
             order by a.oidc_subject = $1 desc nulls last
             limit 1
               for no key update""";

    private static final Sql CREATE = Sql.of("""
            with changed as (
                insert into agent (id, tenant_id, email, email_key, name, role, oidc_subject, updated_time)
                values (:id, :tenant::uuid, :email, :email_key, :name, :role, :subject, :now::bigint)
                returning *
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(
                    AgentLog.event("'agent.created'").after(AgentLog.STATE).from("changed a")));

    /// A password of the agent's own would remain good after the provider has shut the agent out. A change of role or
    /// tenant ends all sessions.
    private static final Sql CHANGE = Sql.of("""
            with before as (
                select a.* from agent a where a.id = :id
            ), changed as (
                update agent a
                   set tenant_id = :tenant::uuid, email = :email, email_key = :email_key, name = :name, role = :role,
                       oidc_subject = :subject, password_hash = null, totp_sealed = null, totp_step = null,
                       recovery_hashes = '{}', version = a.version + 1,
                       generation = a.generation + case when (a.role, a.tenant_id, a.oidc_subject)
                           is distinct from (:role, :tenant::uuid, :subject) then 1 else 0 end,
                       updated_time = greatest(a.updated_time, :now::bigint)
                 where a.id = :id and not a.disabled
                   and (a.tenant_id, a.email, a.name, a.role, a.oidc_subject, a.password_hash, a.totp_sealed)
                       is distinct from (:tenant::uuid, :email, :name, :role, :subject, null, null)
                returning a.*
            ), ended as (
                delete from agent_session s using changed c, before b
                 where s.agent_id = c.id and b.generation <> c.generation
            ), stopped as (
                delete from agent_sign_in p using changed c where p.agent_id = c.id
            ), unlinked as (
                delete from agent_setup_link l using changed c where l.agent_id = c.id
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(AgentLog.event("'agent.updated'")
            .before("(select %s from before a)".formatted(AgentLog.STATE))
            .after(AgentLog.STATE)
            .from("changed a")));

    private ProviderTable() {}

    static void lock(Statements transaction) {
        transaction.query(LOCK);
    }

    /// Empty if there is no such tenant, or none is named.
    static Optional<TenantId> tenant(Statements transaction, @Nullable String slug) {
        return slug == null
                ? Optional.empty()
                : transaction.find(TENANT, slug).map(row -> new TenantId(row.getUUID("id")));
    }

    /// An agent who may be the person.
    ///
    /// @param isLinked  whether the agent signs in at the provider
    /// @param isAnother whether the agent is known to be somebody else, who has the address
    record Known(AgentId agent, boolean isLinked, boolean isAnother) {}

    static Optional<Known> find(Statements transaction, Person person) {
        return transaction
                .find(FIND, person.subject(), person.email().key())
                .map(row -> new Known(
                        new AgentId(row.getUUID("id")),
                        row.getBoolean("linked"),
                        Boolean.TRUE.equals(row.getBoolean("another"))));
    }

    static void create(Statements transaction, AgentId id, Person person, Optional<TenantId> tenant, EventLine line) {
        transaction.query(bind(CREATE, id, person, tenant, line));
    }

    /// Changes nothing of an agent who is disabled, or already as the provider says.
    static void change(Statements transaction, AgentId id, Person person, Optional<TenantId> tenant, EventLine line) {
        transaction.query(bind(CHANGE, id, person, tenant, line));
    }

    private static Sql.Binding bind(Sql sql, AgentId id, Person person, Optional<TenantId> tenant, EventLine line) {
        return sql.bind()
                .set("id", id.value())
                .set("tenant", tenant.map(TenantId::value).orElse(null))
                .set("email", person.email().value())
                .set("email_key", person.email().key())
                .set("name", person.name())
                .set("role", person.role().name())
                .set("subject", person.subject())
                .set("now", line.epochSecond())
                .set(line);
    }
}
