package tv.roster.tenants;

import java.util.Optional;
import java.util.UUID;
import tv.roster.jsonapi.ResourceId;

/// The id of a tenant, made by the server.
public record TenantId(UUID value) {
    /// Empty when it is no UUID of 36 characters, so that nothing can be found by it.
    public static Optional<TenantId> parse(String id) {
        return ResourceId.parse(id).map(TenantId::new);
    }
}
