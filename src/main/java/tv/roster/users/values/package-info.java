/// The values of a user, each of which is valid or does not exist.
///
/// May use `platform.problems`, `values.domains`, `values.telephony` and `values.text`.
@NullMarked
package tv.roster.users.values;

import org.jspecify.annotations.NullMarked;
