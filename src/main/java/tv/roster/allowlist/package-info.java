/// The address of a call, and whether calls from it are allowed: CIDR blocks, allow-lists, trusted proxies and the
/// headers they send. Uses `jsonapi` for its refusals and nothing else of ours.
@NullMarked
package tv.roster.allowlist;

import org.jspecify.annotations.NullMarked;
