/// Profiles of users: who watches, and what is suitable for them.
///
/// May use `access`, `events`, `platform.database`, `platform.http`, `platform.json`, `platform.jsonapi`,
/// `platform.problems`, `values`, `values.ids` and `values.text`.
@NullMarked
package tv.roster.profiles;

import org.jspecify.annotations.NullMarked;
