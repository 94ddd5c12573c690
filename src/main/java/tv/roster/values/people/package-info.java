/// By what a person is found wherever values of a user were stored.
///
/// May use `values.domains`, `values.ids` and `values.telephony`.
@NullMarked
package tv.roster.values.people;

import org.jspecify.annotations.NullMarked;
