/// Profiles of users: who watches, and what is suitable for them.
///
/// May use `access`, `events.log`, `idempotency`, `platform.database`, `platform.http`, `platform.json`,
/// `platform.jsonapi`, `platform.problems`, `values`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.profiles;

import org.jspecify.annotations.NullMarked;
