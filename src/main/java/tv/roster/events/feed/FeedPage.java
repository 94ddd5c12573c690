package tv.roster.events.feed;

import java.util.List;

/// A part of a feed.
///
/// @param end  where to go on
/// @param more whether more may be readable at once
public record FeedPage(List<FeedEvent> events, FeedPosition end, boolean more) {}
