package tv.roster.agents;

import tv.roster.agents.values.Role;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.Sent;
import tv.roster.values.ids.TenantId;

/// A requested change of an agent: each member is absent or a value; the tenant may be null.
record AgentChange(
        Sent<EmailAddress> email, Sent<String> name, Sent<Role> role, Sent<Boolean> disabled, Sent<TenantId> tenant) {
    /// In code points.
    static final int LONGEST_NAME = 128;

    @Override
    public String toString() {
        return "AgentChange";
    }
}
