package tv.roster.ids;

import java.util.Optional;
import java.util.UUID;

/// Names a line of the event log.
public record EventId(UUID value) {
    /// The id in a path or a document, or nothing where the text is no UUID of 36 characters.
    public static Optional<EventId> parse(String text) {
        return Ids.parse(text).map(EventId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
