/// Addresses of callers and whether they may call: CIDR blocks, allow-lists, trusted proxies and the headers they send.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.access.allowlist;

import org.jspecify.annotations.NullMarked;
