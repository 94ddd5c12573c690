package tv.roster.ids;

import java.util.Optional;
import java.util.UUID;

/// Names a tenant: an operator whose users are its own.
public record TenantId(UUID value) {
    /// The id in a path or a document, or nothing where the text is no UUID of 36 characters.
    public static Optional<TenantId> parse(String text) {
        return Ids.parse(text).map(TenantId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
