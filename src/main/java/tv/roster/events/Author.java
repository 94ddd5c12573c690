package tv.roster.events;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Call;
import tv.roster.values.ids.EventId;
import tv.roster.values.ids.Ids;

/// Who makes a change, and what its line in the event log will be called: the key is null for a subscriber on one of
/// the pages, and the address as well for the system itself.
public record Author(
        EventId event,
        OffsetDateTime time,
        @Nullable UUID apiKey,
        @Nullable String address,
        @Nullable String requestId) {
    /// The author of what a caller asks for now.
    public static Author of(UUID event, Instant now, UUID apiKey, String address, String requestId) {
        return new Author(new EventId(event), now.atOffset(ZoneOffset.UTC), apiKey, address, requestId);
    }

    /// The author of what this call asks for now, with a new id for its line.
    public static Author of(Call call, Ids ids, InstantSource clock) {
        return of(
                ids.next(),
                clock.instant(),
                call.caller().key().id().value(),
                call.caller().address(),
                call.request().id());
    }

    /// The author of what a subscriber does on a page now.
    public static Author subscriber(UUID event, Instant now, String address, String requestId) {
        return new Author(new EventId(event), now.atOffset(ZoneOffset.UTC), null, address, requestId);
    }

    /// The moment of the change in epoch seconds.
    public long epochSecond() {
        return time.toEpochSecond();
    }
}
