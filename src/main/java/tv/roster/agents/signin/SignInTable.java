package tv.roster.agents.signin;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.log.AgentLog;
import tv.roster.agents.sessions.Browser;
import tv.roster.agents.values.SessionToken;
import tv.roster.agents.values.StepToken;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;

/// The steps of signing in, and the session that follows the last one.
final class SignInTable {
    private static final String KNOWN = """
            select a.id, a.password_hash, a.generation, a.disabled, a.totp_sealed is not null as has_factor
              from agent a where a.%s = $1""";

    private static final String FIND_BY_EMAIL = KNOWN.formatted("email_key");
    private static final String FIND = KNOWN.formatted("id");

    private static final String REPLACE_HASH =
            "update agent set password_hash = $3 where id = $1 and password_hash = $2";

    private static final String BEGIN = """
            insert into agent_sign_in (token_hash, agent_id, generation, sealed_secret, expires_time)
            values ($1, $2, $3, $4, $5)""";

    private static final String STEP = """
            select a.id, a.email, a.totp_sealed, a.totp_step, a.recovery_hashes, a.generation, p.sealed_secret
              from agent_sign_in p
              join agent a on a.id = p.agent_id and a.generation = p.generation and not a.disabled
             where p.token_hash = $1 and p.expires_time > $2""";

    /// Begins a session, unless all sessions were ended since the generation that the sign-in began with.
    private static final String ENTERED = """
            with changed as (
                update agent a set last_sign_in_time = :now, %s
                 where a.id = :agent and a.generation = :generation and not a.disabled and %s
                returning a.*
            ), begun as (
                insert into agent_session (token_hash, agent_id, generation, created_time, last_used_time, address,
                    user_agent)
                select :session::bytea, c.id, c.generation, :now, :now, :address, :user_agent from changed c
            ), completed as (
                delete from agent_sign_in p using changed c where p.token_hash = :step_hash
            ), cleared as (
                delete from agent_attempt t using changed c where t.subject = c.id
            ), logged as (
                %s
            )
            select c.id from changed c""";

    /// Each code is good once: a later step than the last one, or a recovery code that is left.
    private static final Sql ENTER = entered("""
            totp_step = coalesce(:totp_step::bigint, a.totp_step),
            recovery_hashes = array_remove(a.recovery_hashes, :recovery_hash::text)""", """
            (:totp_step::bigint is null or a.totp_step is null or a.totp_step < :totp_step::bigint)
            and (:recovery_hash::text is null or :recovery_hash::text = any (a.recovery_hashes))""", """
            case when :recovery_hash::text is not null then 'recovery_code'
                 when :totp_step::bigint is not null then 'code'
                 when :of_provider::boolean then 'provider' end""");

    private static final Sql ENROL = entered("""
            version = a.version + 1, updated_time = greatest(a.updated_time, :now), totp_step = :totp_step,
            totp_sealed = (select p.sealed_secret from agent_sign_in p where p.token_hash = :step_hash),
            recovery_hashes = :recovery_hashes::text[]""", """
            a.totp_sealed is null
            and exists (select from agent_sign_in p
                         where p.token_hash = :step_hash and p.agent_id = a.id and p.sealed_secret is not null)""", "'set_up'");

    private static final String SWEEP = """
            delete from agent_sign_in
             where token_hash in (select p.token_hash from agent_sign_in p where p.expires_time <= $1 limit $2)
               and expires_time <= $1""";

    private SignInTable() {}

    /// `factor` says how the second factor was proven.
    private static Sql entered(String assignments, String condition, String factor) {
        var event = AgentLog.event("'agent.signed_in'")
                .after("jsonb_build_object('second_factor', %s)".formatted(factor))
                .from("changed a");
        return Sql.of(ENTERED.formatted(assignments, condition, event));
    }

    /// What is known of an agent before it has proven who it is.
    record Known(AgentId agent, @Nullable String passwordHash, int generation, boolean disabled, boolean hasFactor) {
        @Override
        public String toString() {
            return "Known[" + agent + "]";
        }
    }

    static Optional<Known> find(Statements statements, String emailKey) {
        return statements.lookUp(FIND_BY_EMAIL, emailKey).map(SignInTable::known);
    }

    static Optional<Known> find(Statements statements, AgentId agent) {
        return statements.lookUp(FIND, agent.value()).map(SignInTable::known);
    }

    private static Known known(Row row) {
        return new Known(
                new AgentId(row.getUUID("id")),
                row.getString("password_hash"),
                row.getInteger("generation"),
                row.getBoolean("disabled"),
                row.getBoolean("has_factor"));
    }

    /// Stores a new hash of the same password, unless another password was set in the meantime.
    static void replaceHash(Statements statements, AgentId agent, String former, PasswordHash hash) {
        statements.query(REPLACE_HASH, agent.value(), former, hash.text());
    }

    /// @param secret of a second factor that is to be set up; null if one is demanded
    static void begin(Statements statements, StepToken token, Known known, byte @Nullable [] secret, long expiresTime) {
        statements.query(
                BEGIN,
                Buffer.buffer(token.hash()),
                known.agent().value(),
                known.generation(),
                secret == null ? null : Buffer.buffer(secret),
                expiresTime);
    }

    /// A sign-in after its first step.
    ///
    /// @param factor  the second factor, sealed; null if the agent has none
    /// @param offered the second factor that is being set up, sealed; null if none is
    record Step(
            AgentId agent,
            String email,
            byte @Nullable [] factor,
            @Nullable Long lastUsed,
            List<String> recoveryHashes,
            int generation,
            byte @Nullable [] offered) {
        @Override
        public String toString() {
            return "Step[" + agent + "]";
        }
    }

    static Optional<Step> step(Statements statements, StepToken token, long now) {
        return statements
                .lookUp(STEP, Buffer.buffer(token.hash()), now)
                .map(row -> new Step(
                        new AgentId(row.getUUID("id")),
                        row.getString("email"),
                        bytes(row, "totp_sealed"),
                        row.getLong("totp_step"),
                        List.of(row.getArrayOfStrings("recovery_hashes")),
                        row.getInteger("generation"),
                        bytes(row, "sealed_secret")));
    }

    private static byte @Nullable [] bytes(Row row, String column) {
        var buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    /// How the second factor was proven, if it was, and the step that this completes.
    ///
    /// @param ofProvider whether it is the concern of the operator's own provider
    record Proof(
            @Nullable Long totpStep,
            @Nullable String recoveryHash,
            boolean ofProvider,
            @Nullable StepToken step) {
        static final Proof NONE = new Proof(null, null, false, null);
        static final Proof PROVIDER = new Proof(null, null, true, null);

        static Proof code(long totpStep) {
            return new Proof(totpStep, null, false, null);
        }

        static Proof recovery(String hash) {
            return new Proof(null, hash, false, null);
        }

        Proof after(StepToken token) {
            return new Proof(totpStep, recoveryHash, ofProvider, token);
        }
    }

    /// A session that is to begin.
    record Entry(AgentId agent, int generation, SessionToken session, Browser browser) {}

    static Sql.Binding bind(Sql sql, Entry entry, EventLine line) {
        return sql.bind()
                .set("agent", entry.agent().value())
                .set("generation", entry.generation())
                .set("session", Buffer.buffer(entry.session().hash()))
                .set("address", entry.browser().address())
                .set("user_agent", entry.browser().userAgent())
                .set("now", line.epochSecond())
                .set(line);
    }

    /// Returns false if the proof was used before, or the agent must not enter any more.
    static boolean enter(Statements statements, Entry entry, Proof proof, EventLine line) {
        var step = proof.step();
        return statements
                .first(bind(ENTER, entry, line)
                        .set("step_hash", step == null ? null : Buffer.buffer(step.hash()))
                        .set("totp_step", proof.totpStep())
                        .set("of_provider", proof.ofProvider())
                        .set("recovery_hash", proof.recoveryHash()))
                .isPresent();
    }

    /// Returns false if the agent has set up a second factor in the meantime, or must not enter any more.
    static boolean enrol(
            Statements statements,
            Entry entry,
            StepToken step,
            long totpStep,
            List<String> recoveryHashes,
            EventLine line) {
        return statements
                .first(bind(ENROL, entry, line)
                        .set("step_hash", Buffer.buffer(step.hash()))
                        .set("totp_step", totpStep)
                        .set("recovery_hashes", recoveryHashes.toArray(String[]::new)))
                .isPresent();
    }

    static int sweep(Statements statements, long now, int limit) {
        return statements.query(SWEEP, now, limit).rowCount();
    }
}
