/// Atomic operations of JSON:API: several changes of users and profiles in one call, of which either all are made or
/// none.
///
/// May use `access`, `calls`, `idempotency`, `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`,
/// `platform.sql`, `profiles`, `users`, `users.v4`, `users.values`, `values`, `values.ids`,
/// `values.text` and `work`.
@NullMarked
package tv.roster.operations;

import org.jspecify.annotations.NullMarked;
