package tv.roster.activation;

import org.jspecify.annotations.Nullable;

/// What a token leads to: the tenant in any case; `good` where the link may be used, `email` being the user's then.
public record FoundLink(
        TenantLook tenant, boolean good, @Nullable String email) {}
