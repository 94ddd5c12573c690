package tv.roster.agents.log;

import tv.roster.events.log.EventLog;

/// What the audit says of agents, whose row is `a`. Their names and addresses are not in it, so that of a deleted agent
/// only the id remains.
public final class AgentLog {
    /// The [tv.roster.agents.values.AgentStatus] of an agent.
    public static final String STATUS = """
            case when a.disabled then 'DISABLED'
                 when a.password_hash is null and a.oidc_subject is null then 'INVITED'
                 else 'ACTIVE' end""";

    /// The state of an agent, without anything personal or secret.
    public static final String STATE = """
            jsonb_build_object('version', a.version, 'tenant_id', a.tenant_id, 'role', a.role, 'status', %s,
                'password_set', a.password_hash is not null, 'second_factor', a.totp_sealed is not null)""".formatted(STATUS);

    private AgentLog() {}

    /// An entry about an agent. `kind` is a literal.
    public static EventLog event(String kind) {
        return EventLog.ofAdmin(kind).tenant("a.tenant_id").subjectAgent("a.id");
    }
}
