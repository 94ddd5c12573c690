/// The event log: who changed what, written in the statement that makes the change.
///
/// May use `access`, `platform.database`, `platform.http`, `platform.json`, `platform.jsonapi`, `platform.problems`,
/// `platform.sql`, `values.ids` and `values.text`.
@NullMarked
package tv.roster.events;

import org.jspecify.annotations.NullMarked;
