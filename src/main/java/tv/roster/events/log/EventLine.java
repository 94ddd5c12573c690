package tv.roster.events.log;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.EventId;
import tv.roster.work.Author;

/// A line of the event log that a statement is about to write: its id, its time, and who makes the change.
public record EventLine(EventId id, OffsetDateTime time, Author author) {
    /// The moment of the change in epoch seconds.
    public long epochSecond() {
        return time.toEpochSecond();
    }

    public @Nullable UUID apiKey() {
        var key = author.apiKey();
        return key == null ? null : key.value();
    }

    public @Nullable String address() {
        return author.address();
    }

    public @Nullable String requestId() {
        return author.requestId();
    }
}
