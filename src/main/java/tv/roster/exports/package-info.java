/// Exports: all users of a tenant in one response, however many they are.
///
/// May use `access`, `calls`, `idempotency`, `platform.csv`, `platform.database`, `platform.eventloop`,
/// `platform.http`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `users`, `users.files`,
/// `users.lists`, `users.v4`, `users.values`, `values.ids` and `work`.
@NullMarked
package tv.roster.exports;

import org.jspecify.annotations.NullMarked;
