/// PostgreSQL: where it is, the embedded one, and how statements reach it. Knows no feature.
@NullMarked
package tv.roster.database;

import org.jspecify.annotations.NullMarked;
