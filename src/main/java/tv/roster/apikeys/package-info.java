/// API keys: creating, changing, rotating and revoking them, and what a caller may know of its own key.
///
/// May use `access`, `access.allowlist`, `access.ratelimit`, `calls`, `events.log`, `platform.database`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `tenants`, `values`,
/// `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.apikeys;

import org.jspecify.annotations.NullMarked;
