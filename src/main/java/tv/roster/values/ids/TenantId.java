package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies a tenant: an operator with its own users.
public record TenantId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<TenantId> parse(String text) {
        return Ids.parse(text).map(TenantId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
