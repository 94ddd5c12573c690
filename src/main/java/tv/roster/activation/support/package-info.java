/// What support looks at and ends for a subscriber: links that are open, and mails that were sent.
///
/// May use `access`, `calls`, `events.log`, `idempotency`, `platform.http`, `platform.json`, `platform.jsonapi`,
/// `platform.problems`, `platform.sql`, `values.ids` and `work`.
@NullMarked
package tv.roster.activation.support;

import org.jspecify.annotations.NullMarked;
