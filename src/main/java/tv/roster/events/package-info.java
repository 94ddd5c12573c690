/// The event log: who changed what, written in the statement that makes the change.
///
/// May use `access`, `platform.database`, `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`,
/// `platform.sql` and `values.ids`.
@NullMarked
package tv.roster.events;

import org.jspecify.annotations.NullMarked;
