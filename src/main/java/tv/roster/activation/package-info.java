/// How a subscriber gets a password: links to activate an account or to choose a new password, and the pages they lead
/// to.
///
/// May use `access`, `access.allowlist`, `access.ratelimit`, `calls`, `credentials`, `credentials.hashing`,
/// `credentials.strength`, `events.log`, `idempotency`, `platform.http`, `platform.json`, `platform.jsonapi`,
/// `platform.mail`, `platform.problems`, `platform.secrets`, `platform.sql`, `platform.templates`, `values`,
/// `values.brands`, `values.domains`, `values.ids`, `values.languages`, `values.text` and `work`.
@NullMarked
package tv.roster.activation;

import org.jspecify.annotations.NullMarked;
