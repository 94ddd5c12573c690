/// What Roster holds about a person: the declaration of all personal data, the export of one person's, and erasure with
/// a receipt.
///
/// May use `access`, `calls`, `credentials`, `events.log`, `idempotency`, `imports`, `platform.database`,
/// `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.secrets`, `platform.sql`,
/// `users.values`, `values.ids`, `values.people`, `webhooks.delivery` and `work`.
@NullMarked
package tv.roster.privacy;

import org.jspecify.annotations.NullMarked;
