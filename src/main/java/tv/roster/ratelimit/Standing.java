package tv.roster.ratelimit;

/// How a caller stands under one limit: what is left of it, and the whole seconds (at least 1) in which no more than
/// that can be used, because only then something comes back.
public record Standing(Policy policy, RateLimit limit, long remaining, long resetSeconds) {}
