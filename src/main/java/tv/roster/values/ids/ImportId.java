package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies an import of a file of users.
public record ImportId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<ImportId> parse(String text) {
        return Ids.parse(text).map(ImportId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
