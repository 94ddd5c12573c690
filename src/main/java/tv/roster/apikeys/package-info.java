/// API keys: creating, changing, rotating and revoking them, and what a caller may know of its own key.
///
/// May use `access`, `access.allowlist`, `access.ratelimit`, `events`, `platform.database`, `platform.http`,
/// `platform.json`, `platform.jsonapi`, `platform.problems`, `tenants`, `values`, `values.ids` and `values.text`.
@NullMarked
package tv.roster.apikeys;

import org.jspecify.annotations.NullMarked;
