package tv.roster.agents;

import org.jspecify.annotations.Nullable;
import tv.roster.agents.values.AgentStatus;
import tv.roster.agents.values.Role;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// A support agent as it is stored, without secrets. Times are in epoch seconds.
///
/// @param tenant       null for an agent of the installation
/// @param secondFactor whether one is set up
public record Agent(
        AgentId id,
        @Nullable TenantId tenant,
        int version,
        String email,
        String name,
        Role role,
        AgentStatus status,
        boolean secondFactor,
        @Nullable Long lastSignInTime,
        long updatedTime) {
    static final String TYPE = "Agent";

    String etag() {
        return "\"" + version + "\"";
    }

    @Override
    public String toString() {
        return "Agent[" + id + "]";
    }
}
