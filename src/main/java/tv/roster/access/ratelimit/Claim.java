package tv.roster.access.ratelimit;

import java.util.UUID;

/// One limit that applies to a request: that of the key or the tenant with this id.
public record Claim(Policy policy, UUID id, RateLimit limit) {}
