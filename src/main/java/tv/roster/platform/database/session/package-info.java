/// One session with PostgreSQL: where it is, how it is opened, what is under way in it, and what its failures mean.
///
/// May use `platform.eventloop`.
@NullMarked
package tv.roster.platform.database.session;

import org.jspecify.annotations.NullMarked;
