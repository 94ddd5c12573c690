/// The schema: the first contact with a database, the migrations, and the roles that own and use the tables.
///
/// May use `platform.background`, `platform.database.session` and `values.domains`.
@NullMarked
package tv.roster.platform.database.schema;

import org.jspecify.annotations.NullMarked;
