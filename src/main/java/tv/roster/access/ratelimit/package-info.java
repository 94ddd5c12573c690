/// How often a key, a tenant or an unknown caller may call. Each node counts for itself.
///
/// May use `access.allowlist` and `platform.problems`.
@NullMarked
package tv.roster.access.ratelimit;

import org.jspecify.annotations.NullMarked;
