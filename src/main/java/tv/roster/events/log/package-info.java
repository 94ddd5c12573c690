/// The entries of the event log, as written by the statements that make a change.
///
/// May use `platform.sql`, `values.ids` and `work`.
@NullMarked
package tv.roster.events.log;

import org.jspecify.annotations.NullMarked;
