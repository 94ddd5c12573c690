package tv.roster.ids;

import java.util.Optional;
import java.util.UUID;

/// Names an API key; no secret.
public record ApiKeyId(UUID value) {
    /// The id in a path or a document, or nothing where the text is no UUID of 36 characters.
    public static Optional<ApiKeyId> parse(String text) {
        return Ids.parse(text).map(ApiKeyId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
