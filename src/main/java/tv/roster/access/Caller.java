package tv.roster.access;

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

    /// The author of the changes that a request makes.
    public Author author(String requestId) {
        return identity.author(address(), requestId);
    }

    public TenantId tenantId() {
        return tenant().id();
    }
}
