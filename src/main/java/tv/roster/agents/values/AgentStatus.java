package tv.roster.agents.values;

/// Whether an agent can sign in.
public enum AgentStatus {
    /// Has neither chosen a password nor signed in by the operator's provider yet.
    INVITED,
    ACTIVE,
    /// Cannot sign in, and has no session.
    DISABLED
}
