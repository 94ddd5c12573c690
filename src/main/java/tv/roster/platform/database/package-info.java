/// PostgreSQL for requests: connections by purpose, single statements, transactions, lists, and whether a failed one
/// can be attempted again.
///
/// May use `platform.background`, `platform.database.session`, `platform.eventloop`, `platform.problems`,
/// `platform.sql` and `platform.timing`.
@NullMarked
package tv.roster.platform.database;

import org.jspecify.annotations.NullMarked;
