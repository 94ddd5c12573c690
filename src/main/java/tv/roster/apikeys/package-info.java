/// API keys: making, changing, rotating and revoking them, and what a caller may know of its own.
/// May use `access`, `allowlist`, `database`, `events`, `http`, `ids`, `jsonapi`, `ratelimit` and `tenants`.
@NullMarked
package tv.roster.apikeys;

import org.jspecify.annotations.NullMarked;
