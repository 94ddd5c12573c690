package tv.roster.apikeys;

import java.util.List;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.values.Sent;

/// A requested change of a key: each member is absent, null or a value.
record ApiKeyChange(
        Sent<String> name,
        Sent<List<String>> scopes,
        Sent<List<String>> allowList,
        Sent<RateLimit> rateLimit,
        Sent<Long> expiresTime) {
    static final int LONGEST_NAME = 128;
}
