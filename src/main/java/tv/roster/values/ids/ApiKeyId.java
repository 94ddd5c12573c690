package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies an API key; not a secret.
public record ApiKeyId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<ApiKeyId> parse(String text) {
        return Ids.parse(text).map(ApiKeyId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
