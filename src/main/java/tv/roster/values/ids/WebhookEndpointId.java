package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies a webhook endpoint.
public record WebhookEndpointId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<WebhookEndpointId> parse(String text) {
        return Ids.parse(text).map(WebhookEndpointId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
