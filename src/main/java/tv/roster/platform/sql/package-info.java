/// What features send to PostgreSQL, whatever runs it: statements, parameters with names, and the failures that they
/// may expect. Only these, `platform.database` and the `*Table` classes use the SQL client.
///
/// May use `platform.problems`.
@NullMarked
package tv.roster.platform.sql;

import org.jspecify.annotations.NullMarked;
