/// Where webhooks may go: URLs, and the addresses behind them.
///
/// May use `access.allowlist`, `platform.outgoing` and `platform.problems`.
@NullMarked
package tv.roster.webhooks.addresses;

import org.jspecify.annotations.NullMarked;
