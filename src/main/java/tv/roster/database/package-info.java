/// PostgreSQL: the one on the request's path, the embedded one, and the schema's migrations. Uses `jsonapi` alone.
/// Nothing outside this folder and the `*Table` classes sees the SQL client.
@NullMarked
package tv.roster.database;

import org.jspecify.annotations.NullMarked;
