/// What features send to PostgreSQL, regardless of what runs it: statements, parameters with names, and the failures
/// that they can expect. Only this package, `platform.database` and the `*Table` classes use the SQL client.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.platform.sql;

import org.jspecify.annotations.NullMarked;
