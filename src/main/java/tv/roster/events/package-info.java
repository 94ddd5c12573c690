/// The event log: who changed what, written in the statement that makes the change.
/// May use `access`, `database`, `http`, `ids` and `jsonapi`.
@NullMarked
package tv.roster.events;

import org.jspecify.annotations.NullMarked;
