/// What Roster holds about a person: the declaration of all personal data, and the export of one person's.
///
/// May use `access`, `calls`, `credentials`, `events.log`, `idempotency`, `platform.database`, `platform.http`,
/// `platform.json`, `platform.jsonapi`, `platform.problems`, `platform.sql`, `values.ids` and `work`.
@NullMarked
package tv.roster.privacy;

import org.jspecify.annotations.NullMarked;
