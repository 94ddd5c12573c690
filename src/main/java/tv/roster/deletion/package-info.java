/// Users that were deleted: the list of them, their restoration within the grace period, and what remains afterwards.
///
/// May use `access`, `calls`, `events.log`, `idempotency`, `platform.http`, `platform.json`, `platform.jsonapi`,
/// `platform.problems`, `platform.sql`, `users`, `users.v4`, `values.ids` and `work`.
@NullMarked
package tv.roster.deletion;

import org.jspecify.annotations.NullMarked;
