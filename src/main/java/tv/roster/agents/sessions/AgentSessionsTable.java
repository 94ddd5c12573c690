package tv.roster.agents.sessions;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.log.AgentLog;
import tv.roster.agents.values.Role;
import tv.roster.agents.values.SessionToken;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// Reads and ends sessions.
final class AgentSessionsTable {
    private static final String IN_FORCE =
            "a.generation = s.generation and not a.disabled and s.created_time > $2 and s.last_used_time > $3";

    private static final String FIND = """
            select a.id, a.email, a.name, a.role, a.tenant_id, s.token_hash, s.created_time, s.last_used_time
              from agent_session s
              join agent a on a.id = s.agent_id
             where s.token_hash = $1 and %s""".formatted(IN_FORCE);

    private static final String USE =
            "update agent_session set last_used_time = $2 where token_hash = $1 and last_used_time <= $3";

    private static final String LIST = """
            select s.token_hash, s.created_time, s.last_used_time, s.address, s.user_agent
              from agent_session s
              join agent a on a.id = s.agent_id
             where s.agent_id = $1 and %s
             order by s.created_time desc, s.token_hash""".formatted(IN_FORCE);

    private static final String END = "delete from agent_session where token_hash = $1";

    private static final String END_ONE = """
            delete from agent_session
             where agent_id = $1 and encode(substring(token_hash from 1 for $3), 'hex') = $2""";

    private static final Sql END_ALL =
            Sql.of("""
            with changed as (
                update agent a set generation = a.generation + 1
                 where a.id = :id and (:within::uuid is null or a.tenant_id = :within)
                returning a.*
            ), ended as (
                delete from agent_session s using changed c where s.agent_id = c.id
            ), stopped as (
                delete from agent_sign_in p using changed c where p.agent_id = c.id
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(AgentLog.event("'agent.sessions_ended'").from("changed a")));

    private static final String SWEEP = """
            delete from agent_session
             where token_hash in (select s.token_hash from agent_session s
                                   where s.created_time <= $1 or s.last_used_time <= $2 limit $3)
               and (created_time <= $1 or last_used_time <= $2)""";

    private AgentSessionsTable() {}

    /// A session with the time of its last use.
    record Found(SignedIn signedIn, long lastUsedTime) {}

    static Optional<Found> find(Statements statements, SessionToken token, long oldest, long idleSince) {
        return statements
                .lookUp(FIND, Buffer.buffer(token.hash()), oldest, idleSince)
                .map(AgentSessionsTable::found);
    }

    private static Found found(Row row) {
        var tenant = row.getUUID("tenant_id");
        var signedIn = new SignedIn(
                new AgentId(row.getUUID("id")),
                row.getString("email"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                tenant == null ? null : new TenantId(tenant),
                row.getBuffer("token_hash").getBytes(),
                row.getLong("created_time"));
        return new Found(signedIn, row.getLong("last_used_time"));
    }

    static void use(Statements statements, SessionToken token, long now, long unlessAfter) {
        statements.query(USE, Buffer.buffer(token.hash()), now, unlessAfter);
    }

    static List<AgentSession> list(Statements statements, AgentId agent, long oldest, long idleSince) {
        var sessions = new ArrayList<AgentSession>();
        statements
                .read(LIST, agent.value(), oldest, idleSince)
                .forEach(row -> sessions.add(new AgentSession(
                        SignedIn.id(row.getBuffer("token_hash").getBytes()),
                        row.getLong("created_time"),
                        row.getLong("last_used_time"),
                        row.getString("address"),
                        row.getString("user_agent"))));
        return sessions;
    }

    static void end(Statements statements, SessionToken token) {
        statements.query(END, Buffer.buffer(token.hash()));
    }

    static boolean end(Statements statements, AgentId agent, String id) {
        return statements
                        .query(END_ONE, agent.value(), id, AgentSession.ID_BYTES)
                        .rowCount()
                > 0;
    }

    static boolean endAll(Statements statements, AgentId agent, @Nullable TenantId within, EventLine line) {
        return statements
                .first(END_ALL.bind()
                        .set("id", agent.value())
                        .set("within", within == null ? null : within.value())
                        .set(line))
                .isPresent();
    }

    static int sweep(Statements statements, long oldest, long idleSince, int limit) {
        return statements.query(SWEEP, oldest, idleSince, limit).rowCount();
    }
}
