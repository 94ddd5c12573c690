/// Limits on how often a key, a tenant or an unknown caller may call. Each node counts separately. Uses `jsonapi` for
/// its refusals and `allowlist` for addresses.
@NullMarked
package tv.roster.ratelimit;

import org.jspecify.annotations.NullMarked;
