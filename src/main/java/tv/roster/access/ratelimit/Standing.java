package tv.roster.access.ratelimit;

/// A caller's state under one limit: the remaining requests, and the whole seconds (at least 1) until the bucket is
/// refilled further.
public record Standing(Policy policy, RateLimit limit, long remaining, long resetSeconds) {}
