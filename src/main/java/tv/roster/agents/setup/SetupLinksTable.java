package tv.roster.agents.setup;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.log.AgentLog;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.SetupToken;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// Creates and uses setup links.
final class SetupLinksTable {
    private static final Sql MAKE =
            Sql.of("""
            with changed as (
                select a.* from agent a
                 where a.id = :id and (:within::uuid is null or a.tenant_id = :within)
            ), made as (
                insert into agent_setup_link (token_hash, agent_id, expires_time)
                select :token::bytea, c.id, :expires::bigint from changed c
                on conflict (agent_id) do update
                   set token_hash = excluded.token_hash, expires_time = excluded.expires_time
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(AgentLog.event("'agent.setup_link_made'").from("changed a")));

    private static final String MAKE_FIRST = """
            insert into agent_setup_link (token_hash, expires_time)
            select $1::bytea, $2::bigint where not exists (select from agent)""";

    private static final String FIND = """
            select l.agent_id, a.email, a.name
              from agent_setup_link l
              left join agent a on a.id = l.agent_id
             where l.token_hash = $1 and l.expires_time > $2
               and case when l.agent_id is null then not exists (select from agent) else not a.disabled end""";

    private static final Sql USE = Sql.of("""
            with used as (
                delete from agent_setup_link l
                 where l.token_hash = :token and l.expires_time > :now and l.agent_id is not null
                returning l.agent_id
            ), before as (
                select a.* from agent a join used u on u.agent_id = a.id where not a.disabled
            ), changed as (
                update agent a
                   set password_hash = :password_hash, totp_sealed = null, totp_step = null, recovery_hashes = '{}',
                       generation = a.generation + 1, version = a.version + 1,
                       updated_time = greatest(a.updated_time, :now)
                  from before b
                 where a.id = b.id and not a.disabled
                returning a.*
            ), ended as (
                delete from agent_session s using changed c where s.agent_id = c.id
            ), stopped as (
                delete from agent_sign_in p using changed c where p.agent_id = c.id
            ), cleared as (
                delete from agent_attempt t using changed c where t.subject = c.id
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(AgentLog.event("'agent.updated'")
            .before("(select %s from before a)".formatted(AgentLog.STATE))
            .after(AgentLog.STATE)
            .from("changed a")));

    /// Whoever creates an agent locks this first.
    private static final String LOCK = "select from installation for no key update";

    private static final Sql USE_FIRST = Sql.of("""
            with used as (
                delete from agent_setup_link l
                 where l.token_hash = :token and l.expires_time > :now and l.agent_id is null
                returning l.token_hash
            ), changed as (
                insert into agent (id, email, email_key, name, role, password_hash, updated_time)
                select :id, :email, :email_key, :name, :role, :password_hash, :now::bigint
                  from used u
                 where not exists (select from agent)
                returning *
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(
                    AgentLog.event("'agent.created'").after(AgentLog.STATE).from("changed a")));

    private static final String SWEEP = """
            delete from agent_setup_link
             where token_hash in (select l.token_hash from agent_setup_link l where l.expires_time <= $1 limit $2)
               and expires_time <= $1""";

    private SetupLinksTable() {}

    static boolean make(
            Statements statements, AgentId agent, @Nullable TenantId within, SetupLink link, EventLine line) {
        return statements
                .first(MAKE.bind()
                        .set("id", agent.value())
                        .set("within", within == null ? null : within.value())
                        .set("token", Buffer.buffer(link.token().hash()))
                        .set("expires", link.expiresTime())
                        .set(line))
                .isPresent();
    }

    /// Returns false if there is an agent.
    static boolean makeFirst(Statements statements, SetupLink link) {
        return statements
                        .query(MAKE_FIRST, Buffer.buffer(link.token().hash()), link.expiresTime())
                        .rowCount()
                == 1;
    }

    static Optional<Setup> find(Statements statements, SetupToken token, long now) {
        return statements.find(FIND, Buffer.buffer(token.hash()), now).map(SetupLinksTable::setup);
    }

    private static Setup setup(Row row) {
        var agent = row.getUUID("agent_id");
        return agent == null
                ? new Setup.OfFirstAdministrator()
                : new Setup.OfAgent(new AgentId(agent), row.getString("email"), row.getString("name"));
    }

    static Optional<AgentId> use(Statements statements, SetupToken token, PasswordHash hash, EventLine line) {
        return statements
                .first(USE.bind()
                        .set("token", Buffer.buffer(token.hash()))
                        .set("password_hash", hash.text())
                        .set("now", line.epochSecond())
                        .set(line))
                .map(row -> new AgentId(row.getUUID("id")));
    }

    /// Returns false if the link is not valid, or there is an agent.
    static boolean useFirst(
            Statements transaction,
            SetupToken token,
            AgentId agent,
            EmailAddress email,
            String name,
            PasswordHash hash,
            EventLine line) {
        transaction.query(LOCK);
        return transaction
                .first(USE_FIRST
                        .bind()
                        .set("token", Buffer.buffer(token.hash()))
                        .set("id", agent.value())
                        .set("email", email.value())
                        .set("email_key", email.key())
                        .set("name", name)
                        .set("role", Role.ADMINISTRATOR.name())
                        .set("password_hash", hash.text())
                        .set("now", line.epochSecond())
                        .set(line))
                .isPresent();
    }

    static int sweep(Statements statements, long now, int limit) {
        return statements.query(SWEEP, now, limit).rowCount();
    }
}
