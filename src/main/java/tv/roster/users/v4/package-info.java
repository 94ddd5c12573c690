/// The door of users in the User Management V4 API: JSON:API documents in and out.
///
/// May use `access`, `calls`, `credentials.hashing`, `credentials.strength`, `idempotency`, `platform.database`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `profiles`, `users`,
/// `users.lists`, `users.values`, `values`, `values.domains`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.users.v4;

import org.jspecify.annotations.NullMarked;
