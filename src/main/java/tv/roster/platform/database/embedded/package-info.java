/// The PostgreSQL that Roster runs itself: its programs, its data, and its life as a process.
///
/// May use `platform.database.schema`, `platform.database.session` and `platform.files`.
@NullMarked
package tv.roster.platform.database.embedded;

import org.jspecify.annotations.NullMarked;
