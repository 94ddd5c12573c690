package tv.roster.agents.sessions;

import org.jspecify.annotations.Nullable;

/// A session in the list of an agent's own sessions. Times are in epoch seconds; the last use is up to a minute behind.
///
/// @param id the beginning of the hash of its token, in hexadecimal digits
public record AgentSession(
        String id,
        long createdTime,
        long lastUsedTime,
        String address,
        @Nullable String userAgent) {
    static final int ID_BYTES = 8;

    @Override
    public String toString() {
        return "AgentSession[" + id + "]";
    }
}
