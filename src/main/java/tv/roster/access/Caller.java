package tv.roster.access;

import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.CallerAddress;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// An authenticated caller and its address.
public record Caller(Identity identity, CallerAddress.Judged from) {
    /// The judged address in its canonical text.
    public String address() {
        return from.address().toString();
    }

    /// The tenant whose data the caller sees.
    ///
    /// @throws IllegalStateException for a caller without one, which the routes of tenants do not admit
    public KnownTenant tenant() {
        var tenant = identity.tenant();
        if (tenant == null) {
            throw new IllegalStateException("This caller has no tenant");
        }
        return tenant;
    }

    /// The tenant to which a caller of the admin API is restricted; null for the installation, which is not.
    public @Nullable TenantId within() {
        var tenant = identity.tenant();
        return tenant == null ? null : tenant.id();
    }

    /// Whether what belongs to `tenant` (null: to the installation) is there for a caller of the admin API.
    public boolean reaches(@Nullable TenantId tenant) {
        var within = within();
        return within == null || within.equals(tenant);
    }

    /// The author of the changes that a request makes.
    public Author author(String requestId) {
        return identity.author(address(), requestId);
    }

    public TenantId tenantId() {
        return tenant().id();
    }
}
