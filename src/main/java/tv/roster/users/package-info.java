/// The User resource: its rules, its lists, and the calls that read and change it.
///
/// May use `access`, `credentials`, `events`, `platform.database`, `platform.http`, `platform.json`,
/// `platform.jsonapi`, `platform.problems`, `profiles`, `values`, `values.domains`, `values.ids`, `values.telephony`
/// and `values.text`.
@NullMarked
package tv.roster.users;

import org.jspecify.annotations.NullMarked;
