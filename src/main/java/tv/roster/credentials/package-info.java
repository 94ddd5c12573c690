/// Passwords: which ones are accepted, how they are stored, and whether one is right.
///
/// May use `access`, `credentials.hashes`, `events.log`, `idempotency`, `platform.database`, `platform.http`,
/// `platform.json`, `platform.jsonapi`, `platform.problems`, `values`, `values.domains`, `values.ids`, `values.text`
/// and `work`.
@NullMarked
package tv.roster.credentials;

import org.jspecify.annotations.NullMarked;
