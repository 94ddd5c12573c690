/// Whose address a call has, and whether it may call from there: CIDR blocks, allow-lists, trusted proxies and the
/// headers they send. Uses `jsonapi` for its refusals and nothing else of ours.
@NullMarked
package tv.roster.allowlist;

import org.jspecify.annotations.NullMarked;
