package tv.roster.events.feed;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.UserId;

/// An event of a user, as the event log has it.
///
/// @param kind       the word of its [EventKind], or one that only a newer server knows
/// @param version    the user's version after the change; at its deletion, the last one
/// @param apiKey     the key that was used, if there was one
/// @param agent      the support agent who made the change at the console, if one did
/// @param importId   the import whose row made the change, if one did
/// @param fromClient whether the change comes from a client, and not from the system itself
/// @param before     JSON text, like `after` and `state`
/// @param state      the user's state where `after` is not that
public record FeedEvent(
        UUID id,
        OffsetDateTime time,
        String kind,
        UserId user,
        int version,
        long order,
        @Nullable UUID apiKey,
        @Nullable UUID agent,
        @Nullable UUID importId,
        boolean fromClient,
        @Nullable String before,
        @Nullable String after,
        @Nullable String state) {
    boolean isOfProfile() {
        return kind.startsWith("profile.");
    }

    /// Characters of the states in it.
    long length() {
        return length(before) + length(after) + length(state);
    }

    private static long length(@Nullable String json) {
        return json == null ? 0 : json.length();
    }

    public FeedPosition position() {
        return new FeedPosition(order, version, id, time.toEpochSecond());
    }
}
