/// Who calls: the gate that admits callers by API key and address, and the scopes that routes demand.
///
/// May use `access.allowlist`, `access.ratelimit`, `events.log`, `platform.background`, `platform.database`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `values`, `values.ids`,
/// `values.languages`, `values.text` and `work`.
@NullMarked
package tv.roster.access;

import org.jspecify.annotations.NullMarked;
