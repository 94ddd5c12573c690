package tv.roster.apikeys;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;

/// An API key as it is stored, without its secret. Times are in epoch seconds.
///
/// @param tenant      null for an admin key
/// @param formerUntil until when the secret before the last rotation remains valid
record ApiKey(
        ApiKeyId id,
        @Nullable TenantId tenant,
        int version,
        String name,
        String prefix,
        List<String> scopes,
        List<String> allowList,
        @Nullable String rateLimit,
        @Nullable Long expiresTime,
        @Nullable Long revokedTime,
        @Nullable Long lastUsedTime,
        @Nullable Long formerUntil,
        long updatedTime) {
    static final String TYPE = "ApiKey";

    String etag() {
        return "\"" + version + "\"";
    }
}
