/// The User resource: its rules, and the statements that create, read, change and delete users.
///
/// May use `credentials`, `credentials.hashing`, `credentials.strength`, `events.log`, `platform.problems`,
/// `platform.sql`, `profiles`, `users.values`, `values`, `values.ids` and `work`.
@NullMarked
package tv.roster.users;

import org.jspecify.annotations.NullMarked;
