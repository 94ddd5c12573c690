/// The feed of a tenant's events, in an order that readers can rely on: docs/decisions/0036-the-order-of-events.md.
///
/// May use `access`, `calls`, `events.log`, `idempotency`, `platform.background`, `platform.database`, `platform.http`,
/// `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.secrets`, `platform.sql`, `profiles`, `users`,
/// `users.v4`, `values.ids`, `values.text` and `work`.
@NullMarked
package tv.roster.events.feed;

import org.jspecify.annotations.NullMarked;
