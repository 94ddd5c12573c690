/// Who calls: the gate that admits callers by API key and address, the scopes that routes demand, and the tenants and
/// keys in force.
///
/// May use `access.allowlist`, `access.ratelimit`, `events.log`, `platform.background`, `platform.database`,
/// `platform.http`, `platform.json`, `platform.problems`, `platform.secrets`, `platform.sql`, `platform.timing`,
/// `values.brands`, `values.ids`, `values.languages`, `values.text` and `work`.
@NullMarked
package tv.roster.access;

import org.jspecify.annotations.NullMarked;
