package tv.roster.agents.signin;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.log.AgentLog;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;

/// What agents change themselves, and the session that follows.
final class OwnAccountTable {
    private static final Sql CHANGE_PASSWORD = Sql.of("""
            with changed as (
                update agent a
                   set password_hash = :password_hash, generation = a.generation + 1, version = a.version + 1,
                       updated_time = greatest(a.updated_time, :now)
                 where a.id = :agent and a.generation = :generation and a.password_hash = :former and not a.disabled
                returning a.*
            ), ended as (
                delete from agent_session s using changed c where s.agent_id = c.id
            ), stopped as (
                delete from agent_sign_in p using changed c where p.agent_id = c.id
            ), cleared as (
                delete from agent_attempt t using changed c where t.subject = c.id
            ), begun as (
                insert into agent_session (token_hash, agent_id, generation, created_time, last_used_time, address,
                    user_agent)
                select :session::bytea, c.id, c.generation, :now, :now, :address, :user_agent from changed c
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(AgentLog.event("'agent.updated'")
            .after(AgentLog.STATE + " || '{\"changed\": [\"password\"]}'::jsonb")
            .from("changed a")));

    private static final String FACTOR =
            "select a.totp_sealed, a.totp_step from agent a where a.id = $1 and a.totp_sealed is not null";

    private static final Sql REPLACE_CODES = Sql.of("""
            with changed as (
                update agent a
                   set recovery_hashes = :recovery_hashes::text[], totp_step = :totp_step::bigint,
                       version = a.version + 1, updated_time = greatest(a.updated_time, :now)
                 where a.id = :agent and not a.disabled and (a.totp_step is null or a.totp_step < :totp_step::bigint)
                returning a.*
            ), logged as (
                %s
            )
            select c.id from changed c""".formatted(AgentLog.event("'agent.updated'")
            .after(AgentLog.STATE + " || '{\"changed\": [\"recovery_codes\"]}'::jsonb")
            .from("changed a")));

    private OwnAccountTable() {}

    /// A second factor, sealed, with the step of its last code.
    record Factor(byte[] sealed, @Nullable Long lastUsed) {}

    static Optional<Factor> factor(Statements statements, AgentId agent) {
        return statements
                .lookUp(FACTOR, agent.value())
                .map(row -> new Factor(row.getBuffer("totp_sealed").getBytes(), row.getLong("totp_step")));
    }

    /// Returns false if the password was replaced, or the sessions were ended, in the meantime.
    static boolean changePassword(
            Statements statements, SignInTable.Entry entry, String former, PasswordHash hash, EventLine line) {
        return statements
                .first(SignInTable.bind(CHANGE_PASSWORD, entry, line)
                        .set("former", former)
                        .set("password_hash", hash.text()))
                .isPresent();
    }

    /// Returns false if a later code was used in the meantime.
    static boolean replaceCodes(
            Statements statements, AgentId agent, long totpStep, List<String> hashes, EventLine line) {
        return statements
                .first(REPLACE_CODES
                        .bind()
                        .set("agent", agent.value())
                        .set("totp_step", totpStep)
                        .set("recovery_hashes", hashes.toArray(String[]::new))
                        .set("now", line.epochSecond())
                        .set(line))
                .isPresent();
    }
}
