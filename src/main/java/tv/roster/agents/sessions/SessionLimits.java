package tv.roster.agents.sessions;

import java.time.Duration;

/// When sessions end by themselves.
///
/// @param idle    after so much time without a request
/// @param longest after so much time in any case
public record SessionLimits(Duration idle, Duration longest) {}
