/// Who acts, for which tenant, and where statements run: all that rules know about their callers.
///
/// May use `platform.sql` and `values.ids`.
@NullMarked
package tv.roster.work;

import org.jspecify.annotations.NullMarked;
