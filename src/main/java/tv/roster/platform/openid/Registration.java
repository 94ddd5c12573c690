package tv.roster.platform.openid;

import java.net.URI;
import java.util.Optional;

/// How this server is known to an OpenID Connect provider.
///
/// @param issuer       the provider's identifier, under which its configuration is found (OpenID Connect Discovery 1.0,
///                     section 4)
/// @param clientSecret empty for a public client, which PKCE protects alone
public record Registration(URI issuer, String clientId, Optional<String> clientSecret) {
    @Override
    public String toString() {
        return "Registration[" + issuer + "]";
    }
}
