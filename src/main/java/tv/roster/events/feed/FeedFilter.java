package tv.roster.events.feed;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.UserId;

/// Which events of a feed are wanted.
///
/// @param kinds null for all
/// @param user  null for all
public record FeedFilter(
        @Nullable Set<EventKind> kinds, @Nullable UserId user) {
    public static final FeedFilter ALL = new FeedFilter(null, null);

    /// All events of one user.
    public static FeedFilter of(UserId user) {
        return new FeedFilter(null, user);
    }

    String @Nullable [] storedKinds() {
        return kinds == null ? null : kinds.stream().flatMap(EventKind::stored).toArray(String[]::new);
    }
}
