package tv.roster.activation;

import org.jspecify.annotations.Nullable;
import tv.roster.credentials.strength.OwnValues;

/// What a token leads to: the tenant in any case; `good` where the link may be used, `email` being the user's then, and
/// `own` what the password must not be made of.
public record FoundLink(
        TenantLook tenant, boolean good, @Nullable String email, OwnValues own) {}
