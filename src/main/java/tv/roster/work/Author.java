package tv.roster.work;

import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.ApiKeyId;

/// The author of a change.
///
/// @param apiKey    the key that was used; null for all others
/// @param agent     the support agent who made it at the console; null for all others
/// @param address   where the change comes from; null for the system itself
/// @param requestId the id of the request that caused it, if there is one
public record Author(
        @Nullable ApiKeyId apiKey,
        @Nullable AgentId agent,
        @Nullable String address,
        @Nullable String requestId) {
    /// The system itself.
    public static final Author SYSTEM = new Author(null, null, null, null);

    /// The author of what is done with a key.
    public static Author key(ApiKeyId key, String address, String requestId) {
        return new Author(key, null, address, requestId);
    }

    /// The author of what a support agent does at the console.
    public static Author agent(AgentId agent, String address, String requestId) {
        return new Author(null, agent, address, requestId);
    }

    /// The author of a subscriber's action on a page.
    public static Author subscriber(String address, String requestId) {
        return new Author(null, null, address, requestId);
    }
}
