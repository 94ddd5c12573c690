/// Webhooks: servers of a tenant to which its events are pushed, and the calls that manage them.
///
/// May use `access`, `calls`, `events.feed`, `events.log`, `idempotency`, `platform.http`, `platform.json`,
/// `platform.jsonapi`, `platform.outgoing`, `platform.problems`, `platform.sql`, `values`, `values.ids`, `values.text`,
/// `webhooks.addresses`, `webhooks.delivery`, `webhooks.signatures` and `work`.
@NullMarked
package tv.roster.webhooks;

import org.jspecify.annotations.NullMarked;
