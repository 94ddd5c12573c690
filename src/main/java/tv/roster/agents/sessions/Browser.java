package tv.roster.agents.sessions;

import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.AgentId;
import tv.roster.work.Author;

/// Where an agent signs in from.
///
/// @param address   the judged address of the client
/// @param requestId the id of the request
/// @param userAgent what the browser says it is, cut to [#LONGEST_USER_AGENT] characters
public record Browser(
        String address, String requestId, @Nullable String userAgent) {
    static final int LONGEST_USER_AGENT = 200;

    public Browser {
        if (userAgent != null) {
            var visible = userAgent.replaceAll("[^\\x20-\\x7E]", "?");
            userAgent = visible.substring(0, Math.min(visible.length(), LONGEST_USER_AGENT));
        }
    }

    /// The author of what somebody does there who has not proven to be an agent.
    public Author stranger() {
        return Author.subscriber(address, requestId);
    }

    /// The author of what this agent does there.
    public Author author(AgentId agent) {
        return Author.agent(agent, address, requestId);
    }
}
