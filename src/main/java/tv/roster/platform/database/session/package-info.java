/// A session with PostgreSQL: its address, how it is opened, the statements in progress, and the meaning of failures.
///
/// May use `platform.eventloop` and `platform.sql`.
@NullMarked
package tv.roster.platform.database.session;

import org.jspecify.annotations.NullMarked;
