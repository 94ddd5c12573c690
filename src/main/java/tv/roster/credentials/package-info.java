/// Whether a password is correct: the login check, and imported hashes.
///
/// May use `access`, `calls`, `credentials.hashing`, `credentials.strength`, `events.log`, `idempotency`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `values`,
/// `values.domains`, `values.ids`, `values.people`, `values.text` and `work`.
@NullMarked
package tv.roster.credentials;

import org.jspecify.annotations.NullMarked;
