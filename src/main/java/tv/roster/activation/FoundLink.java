package tv.roster.activation;

import org.jspecify.annotations.Nullable;
import tv.roster.credentials.strength.OwnValues;

/// What a token leads to: the tenant in any case; `good` if the link can be used, with the user's `email` and, in
/// `own`, the values that the password must not consist of.
public record FoundLink(
        TenantLook tenant, boolean good, @Nullable String email, OwnValues own) {}
