package tv.roster.access;

import tv.roster.access.allowlist.CallerAddress;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// An authenticated caller: its key and its address.
public record Caller(KnownKey key, CallerAddress.Judged from) {
    /// The judged address in its canonical text.
    public String address() {
        return from.address().toString();
    }

    /// The tenant whose data the caller sees.
    ///
    /// @throws IllegalStateException for an admin key, which the routes of tenants do not admit
    public KnownTenant tenant() {
        var tenant = key.tenant();
        if (tenant == null) {
            throw new IllegalStateException("An admin key has no tenant");
        }
        return tenant;
    }

    /// The author of the changes that a request makes.
    public Author author(String requestId) {
        return new Author(key.id(), address(), requestId);
    }

    public TenantId tenantId() {
        return tenant().id();
    }
}
