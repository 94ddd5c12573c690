/// Tenants: the operators whose users are kept apart, and the first one that a new installation has.
/// May use `access`, `allowlist`, `database`, `events`, `http`, `ids`, `jsonapi`, `ratelimit` and, for the form of
/// flags and addresses, `users`.
@NullMarked
package tv.roster.tenants;

import org.jspecify.annotations.NullMarked;
