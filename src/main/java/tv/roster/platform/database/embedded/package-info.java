/// The embedded PostgreSQL: its programs, its data, and its process.
///
/// May use `platform.database.schema`, `platform.database.session` and `platform.files`.
@NullMarked
package tv.roster.platform.database.embedded;

import org.jspecify.annotations.NullMarked;
