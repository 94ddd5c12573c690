/// How long events of users are kept.
///
/// May use `events.log`, `platform.background`, `platform.database`, `platform.problems`, `platform.sql` and
/// `values.ids`.
@NullMarked
package tv.roster.events.retention;

import org.jspecify.annotations.NullMarked;
