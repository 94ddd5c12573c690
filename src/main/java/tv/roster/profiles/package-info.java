/// Profiles of users: who watches, and what is suitable for them.
///
/// May use `access`, `calls`, `events.log`, `idempotency`, `platform.http`, `platform.json`, `platform.jsonapi`,
/// `platform.problems`, `platform.sql`, `values`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.profiles;

import org.jspecify.annotations.NullMarked;
