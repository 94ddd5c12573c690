package tv.roster.agents.values;

import tv.roster.platform.problems.Member;

/// The members of an agent that a rule can blame.
public enum AgentMember implements Member {
    EMAIL,
    TENANT,
    PASSWORD
}
