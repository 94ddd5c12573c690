/// PostgreSQL on the request's path: connections by purpose, statements, transactions, and what their failures mean.
/// Only this room, the rooms in it and the `*Table` classes use the SQL client. It is large because its parts are
/// visible to each other alone.
///
/// May use `platform.background`, `platform.eventloop` and `platform.problems`.
@NullMarked
package tv.roster.platform.database;

import org.jspecify.annotations.NullMarked;
