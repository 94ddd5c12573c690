package tv.roster.privacy;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.UserId;

/// The receipt of an erasure, which holds nothing personal.
///
/// @param requestedTime in epoch seconds, like `finishedTime`
/// @param author        the key with which it was requested
/// @param agent         the support agent who requested it at the console
/// @param removed       how many rows were removed or emptied in each place
record Erasure(
        UUID id,
        UserId user,
        long requestedTime,
        long finishedTime,
        @Nullable ApiKeyId author,
        @Nullable AgentId agent,
        Map<Place, Integer> removed) {
    static final String TYPE = "Erasure";
}
