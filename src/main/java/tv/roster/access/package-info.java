/// Who calls: API keys, tenants as far as every request needs them, scopes, and the gate that lets callers in.
/// May use `http`, `jsonapi`, `database`, `allowlist` and `ratelimit`; every feature may use it.
@NullMarked
package tv.roster.access;

import org.jspecify.annotations.NullMarked;
