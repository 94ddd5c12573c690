/// Lists of users: filters, orders, and the statements that read a page.
///
/// May use `platform.problems`, `platform.sql`, `profiles`, `users`, `users.values`, `values`, `values.domains`,
/// `values.ids` and `values.text`.
@NullMarked
package tv.roster.users.lists;

import org.jspecify.annotations.NullMarked;
