package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies an entry of the event log.
public record EventId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<EventId> parse(String text) {
        return Ids.parse(text).map(EventId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
