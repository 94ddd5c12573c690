/// The lines of the event log, as the statements that make a change write them.
///
/// May use `platform.sql`, `values.ids` and `work`.
@NullMarked
package tv.roster.events.log;

import org.jspecify.annotations.NullMarked;
