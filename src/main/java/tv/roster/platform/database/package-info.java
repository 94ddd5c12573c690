/// PostgreSQL on the request's path: connections by purpose, single statements, transactions, lists, and whether a
/// failed one may be tried again.
///
/// May use `platform.background`, `platform.database.session`, `platform.eventloop`, `platform.problems` and
/// `platform.sql`.
@NullMarked
package tv.roster.platform.database;

import org.jspecify.annotations.NullMarked;
