package tv.roster.work;

import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.ApiKeyId;

/// The author of a change.
///
/// @param apiKey    the key that was used; null for a subscriber on one of the pages and for the system itself
/// @param address   where the change comes from; null for the system itself
/// @param requestId the id of the request that caused it, if there is one
public record Author(
        @Nullable ApiKeyId apiKey,
        @Nullable String address,
        @Nullable String requestId) {
    /// The system itself.
    public static final Author SYSTEM = new Author(null, null, null);

    /// The author of a subscriber's action on a page.
    public static Author subscriber(String address, String requestId) {
        return new Author(null, address, requestId);
    }
}
