package tv.roster.agents.signin;

import java.util.UUID;
import tv.roster.agents.log.AgentLog;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Sql;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;

/// Counts attempts to sign in. The times are in order, so `width_bucket` is the number of those that no longer count.
final class AttemptsTable {
    /// The lock on the row serializes concurrent attempts.
    private static final Sql COUNT = Sql.of("""
            insert into agent_attempt as t (subject, times, last_time) values (:subject, array[:now::bigint], :now)
            on conflict (subject) do update
               set times = t.times[width_bucket(:since::bigint, t.times) + 1:] || greatest(t.last_time, :now),
                   last_time = greatest(t.last_time, :now)
             where cardinality(t.times) - width_bucket(:since::bigint, t.times) < :most
            returning cardinality(t.times) as attempts""");

    private static final String TAKE_BACK =
            "update agent_attempt t set times = t.times[:cardinality(t.times) - 1] where t.subject = $1";

    private static final Sql LOCK =
            Sql.of("""
            with locked as (
                update agent_attempt t set locked_time = :now
                 where t.subject = :id and (t.locked_time is null or t.locked_time < :since)
                returning t.subject
            ), logged as (
                %s
            )
            select l.subject from locked l""".formatted(AgentLog.event("'agent.locked'").from("agent a join locked l on l.subject = a.id")));

    private static final String SWEEP = """
            delete from agent_attempt
             where subject in (select t.subject from agent_attempt t where t.last_time < $1 limit $2)
               and last_time < $1""";

    private AttemptsTable() {}

    /// Returns 0 if there have already been `most` since then.
    static int count(Statements statements, UUID subject, long now, long since, int most) {
        return statements
                .first(COUNT.bind()
                        .set("subject", subject)
                        .set("now", now)
                        .set("since", since)
                        .set("most", most))
                .map(row -> row.getInteger("attempts"))
                .orElse(0);
    }

    static void takeBack(Statements statements, UUID subject) {
        statements.query(TAKE_BACK, subject);
    }

    static void lock(Statements statements, AgentId agent, long since, EventLine line) {
        statements.query(LOCK.bind()
                .set("id", agent.value())
                .set("now", line.epochSecond())
                .set("since", since)
                .set(line));
    }

    static int sweep(Statements statements, long before, int limit) {
        return statements.query(SWEEP, before, limit).rowCount();
    }
}
