/// The User resource: its rules, its lists, and the calls that read and change it.
///
/// May use `access`, `credentials`, `events.log`, `idempotency`, `platform.database`, `platform.http`, `platform.json`,
/// `platform.jsonapi`, `platform.problems`, `profiles`, `values`, `values.domains`, `values.ids`, `values.telephony`,
/// `values.text` and `work`.
@NullMarked
package tv.roster.users;

import org.jspecify.annotations.NullMarked;
