/// The values of a user, which are checked when they are created.
///
/// May use `platform.problems`, `values.domains`, `values.telephony` and `values.text`.
@NullMarked
package tv.roster.users.values;

import org.jspecify.annotations.NullMarked;
