package tv.roster.console.pages;

import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.agents.sessions.SignedIn;

/// A browser at the console.
///
/// @param agent who has signed in with it; null if nobody has
/// @param from  where its requests come from
public record Visitor(@Nullable SignedIn agent, Judged from) {}
