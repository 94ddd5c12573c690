package tv.roster.agents.sessions;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.values.Role;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// An agent in a session that is in force, as it was when the session was looked up.
///
/// @param tenant      null for an agent of the installation
/// @param sessionHash SHA-256 of the session's token
/// @param createdTime when the session began, in epoch seconds
public record SignedIn(
        AgentId agent,
        String email,
        String name,
        Role role,
        @Nullable TenantId tenant,
        byte[] sessionHash,
        long createdTime) {
    /// The id by which the session is listed and ended.
    public String sessionId() {
        return id(sessionHash);
    }

    static String id(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, AgentSession.ID_BYTES);
    }

    @Override
    public String toString() {
        return "SignedIn[" + agent + "]";
    }
}
