package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies the receipt of an erasure.
public record ErasureId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<ErasureId> parse(String text) {
        return Ids.parse(text).map(ErasureId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
