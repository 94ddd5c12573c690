/// Signing in at an OpenID Connect provider, as a relying party: the authorization code flow with PKCE.
///
/// May use no other room.
@NullMarked
package tv.roster.platform.openid;

import org.jspecify.annotations.NullMarked;
