/// Who acts, for which tenant, and where its statements run: all that rules know of their callers.
///
/// May use `platform.sql` and `values.ids`.
@NullMarked
package tv.roster.work;

import org.jspecify.annotations.NullMarked;
