package tv.roster.agents.setup;

import tv.roster.values.ids.AgentId;

/// What a setup link is for.
public sealed interface Setup {
    /// An agent chooses a password.
    record OfAgent(AgentId agent, String email, String name) implements Setup {
        @Override
        public String toString() {
            return "OfAgent[" + agent + "]";
        }
    }

    /// The first administrator of the installation gives an address, a name and a password.
    record OfFirstAdministrator() implements Setup {}
}
